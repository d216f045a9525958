using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Fills a block: executes the candidates in their order on the state of the parent and keeps those that apply and
/// fit the budget. <see cref="ExecuteBlockJob"/> accepts what comes out under the same height, time and parent.
/// </summary>
/// <param name="definition">The rules of the chain.</param>
/// <param name="parentStateRoot">The state to build on; the snapshot must hold it.</param>
/// <param name="frame">The block to be: it is executed with these.</param>
/// <param name="candidates">From the mempool, whose admission has checked their signatures; they are not checked again.</param>
/// <param name="budget">What the block may hold.</param>
public sealed class BuildBlockJob(
    LedgerDefinition definition,
    Hash256 parentStateRoot,
    BlockFrame frame,
    IReadOnlyList<Transaction> candidates,
    BlockBudget budget) : Job
{
    /// <summary>What is in memory of that state; null reads all that is needed from the snapshot.</summary>
    public ResidentState? Resident { get; init; }

    /// <summary>Computes a <see cref="BlockBuilt"/>.</summary>
    /// <exception cref="StateUnavailableException">The snapshot lacks the parent's state, or it is damaged.</exception>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (candidates.Count == 0 && definition.BlockModules.Count == 0)
        {
            return new BlockBuilt([], Block.RootOf([]), parentStateRoot, [], 0); // nothing is executed
        }

        BlockBudget room = budget.Within(definition.Limits);
        var execution = new BlockExecution(definition, ChainState.Open(snapshot, in parentStateRoot, Resident), in frame);
        var taken = new List<Transaction>();
        var refused = new List<(TransactionId, TransactionRefusal)>();
        int bytes = 0;
        foreach (Transaction candidate in candidates)
        {
            if (taken.Count == room.Transactions || room.Cost - execution.Cost < definition.Limits.BaseCost)
            {
                break;
            }

            TransactionRefusal refusal = TransactionChecks.CheckForm(definition, candidate, frame.Height);
            bool fits = candidate.Encoded.Length <= room.Bytes - bytes;
            refusal = refusal != TransactionRefusal.None ? refusal
                : fits ? execution.TryApply(candidate, room.Cost)
                : TransactionRefusal.BlockFull;
            if (refusal == TransactionRefusal.None)
            {
                taken.Add(candidate);
                bytes += candidate.Encoded.Length;
            }
            else if (refusal is not (TransactionRefusal.BlockFull or TransactionRefusal.NonceGap))
            {
                refused.Add((candidate.Id, refusal));
            }
        }

        return new BlockBuilt(taken, Block.RootOf(taken), execution.Finish().Root, refused, execution.Cost);
    }
}
