using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Looks for the reason why a block's state root is not that of its header. The block is executed anew, from the store alone: where
/// the result parts from the first one, a transition is not deterministic. Where it does not, it is compared with what the block
/// changed at a node that holds it for valid.
/// </summary>
/// <param name="definition">The rules of the chain.</param>
/// <param name="genesis">The chain.</param>
/// <param name="parentStateRoot">From the header of the block's parent; the snapshot must hold this state.</param>
/// <param name="mismatch">What came out first.</param>
/// <param name="activity">What the parent's seal tells of an earlier block, or null.</param>
public sealed class ExplainMismatchJob(
    LedgerDefinition definition, BlockId genesis, Hash256 parentStateRoot, StateMismatch mismatch, BlockActivity? activity = null) : Job
{
    /// <summary>What differs each time shows at once; what differs now and then may not.</summary>
    private const int MaxExecutions = 2;

    /// <summary>
    /// What a node that holds the block for valid says that it changed, as <see cref="StateChangesLoaded"/> has it. Anybody's bytes: they
    /// are believed where they lead to the header's state root, and nowhere else. Null where no node said so.
    /// </summary>
    public ReadOnlyMemory<byte>? ChangesElsewhere { get; init; }

    /// <summary>Why there are no changes of another node.</summary>
    /// <value><see cref="OtherChanges.NotAsked"/> by default; without effect where there are <see cref="ChangesElsewhere"/>.</value>
    public OtherChanges Other { get; init; }

    /// <summary>Computes a <see cref="MismatchExplained"/>.</summary>
    /// <exception cref="StateUnavailableException">The snapshot lacks the parent's state, or it is damaged.</exception>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        for (int execution = 1; execution <= MaxExecutions; execution++)
        {
            ChainState? again = StateDivergence.Replay(definition, genesis, ChainState.Open(snapshot, in parentStateRoot), mismatch.Block, activity);
            if (again?.Root != mismatch.StateRoot)
            {
                return Compare(ChainState.Open(snapshot, in parentStateRoot), again, again?.Root ?? default, Other);
            }
        }

        ChainState parent = ChainState.Open(snapshot, in parentStateRoot);
        return ChangesElsewhere is { } bytes
            ? StateElsewhere(parent, bytes) is { } elsewhere
                ? Compare(parent, elsewhere, mismatch.StateRoot, OtherChanges.Proven)
                : Compare(parent, null, mismatch.StateRoot, OtherChanges.Unproven)
            : Compare(parent, null, mismatch.StateRoot, Other);
    }

    private ChainState? StateElsewhere(ChainState parent, ReadOnlyMemory<byte> bytes) =>
        WireValue.TryDecode(bytes, out BlockChanges? changes, out _) ? changes.StateOver(parent, mismatch.Block.Header.Fields.StateRoot) : null;

    /// <param name="parent">The state that the block was executed on.</param>
    /// <param name="second">What came out the second time, or elsewhere; null where that is not known.</param>
    /// <param name="again">The root that came out here the second time.</param>
    /// <param name="other">What is known of another node.</param>
    private MismatchExplained Compare(ChainState parent, ChainState? second, in Hash256 again, OtherChanges other)
    {
        StateDivergence? found = second is not null && mismatch.StateOver(parent) is { } first ? StateDivergence.Find(first, second) : null;
        TransactionId? writer = found?.FindWriter(definition, genesis, parent, mismatch.Block, activity)?.Id;
        return new MismatchExplained(mismatch, again, found, writer, other)
        {
            IsWrittenHere = writer is not null || (found is not null && found.IsFirstUnlike(parent)),
        };
    }
}
