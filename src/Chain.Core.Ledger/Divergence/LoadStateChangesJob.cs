using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Reads what a block changed in the state of its parent, for a peer that got another state from the same block. Mostly that is one
/// record; where the block's state is stored whole, or as a difference from another state, the two states are compared.
/// </summary>
/// <param name="block">The block.</param>
/// <param name="parentStateRoot">From the header of its parent.</param>
/// <param name="stateRoot">From its header.</param>
public sealed class LoadStateChangesJob(BlockId block, Hash256 parentStateRoot, Hash256 stateRoot) : Job
{
    /// <summary>What is in memory of the parent's state, if anything.</summary>
    public ResidentState? ParentResident { get; init; }

    /// <summary>What is in memory of the block's state, if anything.</summary>
    public ResidentState? Resident { get; init; }

    /// <summary>Computes a <see cref="StateChangesLoaded"/>; what the snapshot lacks is not kept.</summary>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        try
        {
            if (!TryFind(snapshot, out KeyedModuleChanges[]? changes))
            {
                return Without(StateChangesAnswer.TooMany);
            }

            ReadOnlyMemory<byte> encoded = BlockChanges.Create(changes).Encoded;
            return encoded.Length <= WireLimits.StateChangesBytes
                ? new StateChangesLoaded(block, StateChangesAnswer.Given, encoded)
                : Without(StateChangesAnswer.TooMany);
        }
        catch (StateUnavailableException)
        {
            return Without(StateChangesAnswer.NotKept);
        }
    }

    private StateChangesLoaded Without(StateChangesAnswer answer) => new(block, answer, default);

    /// <summary>False where there is more than fits an answer.</summary>
    private bool TryFind(IKeyValueReader snapshot, [NotNullWhen(true)] out KeyedModuleChanges[]? changes)
    {
        changes = [];
        if (stateRoot == parentStateRoot)
        {
            return true;
        }

        if (StateRecord.Find(snapshot, in stateRoot) is not { IsWhole: false } record || record.Parent != parentStateRoot)
        {
            return TryCompare(snapshot, out changes);
        }

        changes = null;
        bool fits = !snapshot.TryGet(LedgerKeys.StateChanges(in stateRoot), out byte[]? bytes) || bytes.Length <= WireLimits.StateChangesBytes;
        changes = fits ? StateRecord.ChangesOf(snapshot, in stateRoot) : null;
        return fits;
    }

    private bool TryCompare(IKeyValueReader snapshot, [NotNullWhen(true)] out KeyedModuleChanges[]? changes)
    {
        changes = null;
        ChainState before = ChainState.Open(snapshot, in parentStateRoot, ParentResident);
        ChainState after = ChainState.Open(snapshot, in stateRoot, Resident);
        var modules = new List<KeyedModuleChanges>();
        int bytes = 0;
        int place = 0;
        foreach (string module in before.Modules)
        {
            var found = new List<KeyedChange>();
            foreach ((StateLeaf? first, StateLeaf? second) in new StateTreeDifference(before.TreeOf(module)!, after.TreeOf(module)!).All())
            {
                StateLeaf leaf = (second ?? first)!;
                bytes += leaf.Key.Length + (second?.Value.Length ?? 0);
                if (bytes > WireLimits.StateChangesBytes)
                {
                    return false;
                }

                found.Add(new KeyedChange(in leaf.KeyHash, leaf.Key, second?.Value));
            }

            if (found.Count > 0)
            {
                modules.Add(new KeyedModuleChanges(place, [.. found]));
            }

            place++;
        }

        changes = [.. modules];
        return true;
    }
}

/// <summary>What <see cref="LoadStateChangesJob"/> found.</summary>
/// <param name="Block">The block.</param>
/// <param name="Answer">Whether there are changes to give.</param>
/// <param name="Changes">In the form that <see cref="ExplainMismatchJob.ChangesElsewhere"/> takes; empty unless given.</param>
public sealed record StateChangesLoaded(BlockId Block, StateChangesAnswer Answer, ReadOnlyMemory<byte> Changes) : JobResult;
