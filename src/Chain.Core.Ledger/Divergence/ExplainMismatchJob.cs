using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Executes a block anew whose state root is not that of its header, from the store alone, and looks where the result
/// parts from the first one: a transition that is not deterministic is the one cause that a node can find without the other
/// node's state.
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
                return Explain(ChainState.Open(snapshot, in parentStateRoot), again);
            }
        }

        return new MismatchExplained(mismatch, mismatch.StateRoot, null, null);
    }

    private MismatchExplained Explain(ChainState parent, ChainState? again)
    {
        StateDivergence? found = again is not null && mismatch.StateOver(parent) is { } first ? StateDivergence.Find(first, again) : null;
        return new MismatchExplained(
            mismatch, again?.Root ?? default, found, found?.FindWriter(definition, genesis, parent, mismatch.Block, activity)?.Id);
    }
}
