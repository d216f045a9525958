using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>
/// Says which states the node may do without, and when it is worth to delete them. What a reorganisation of the window's
/// depth needs stays, and so does everything since the newest final block.
/// </summary>
/// <param name="window">How many blocks below the head keep their states; 0 for all.</param>
/// <param name="kept">Where an earlier life stopped.</param>
internal sealed class StatePruner(int window, KeptStates kept)
{
    /// <summary>States are stored whole every so many blocks, and only up to such a one there is something to delete.</summary>
    private const ulong MinStep = 16;
    private const int StepsInWindow = 8;

    private KeptStates _kept = kept;
    private BlockHeight? _end;

    /// <summary>Whether a slice is on its way: no block may be executed beside it, for it may come to a state that is just deleted.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether nothing was deleted yet.</summary>
    public bool ReachesAll => _kept.Reach == BlockHeight.Genesis;

    /// <summary>Whether the state after a block is there to build on: its chain leaves the head's not below the window.</summary>
    public bool IsInReach(BlockTreeNode node, BlockTree tree) =>
        ReachesAll || BlockTreeNode.CommonAncestor(node, tree.Head)!.Height >= _kept.Reach;

    /// <summary>Whether a slice should run now.</summary>
    public bool IsDue(BlockTree tree) => !IsRunning && (_end is not null || EndOf(tree) is not null);

    /// <summary>The next slice.</summary>
    public Job Start(BlockTree tree, bool prunesIndex)
    {
        _end ??= EndOf(tree)!;
        var job = new PruneStoredStatesJob(tree.Head.Id, _kept.Oldest, _kept.Reach, _end.Value, prunesIndex);
        _kept = _kept with { Reach = _end.Value };
        IsRunning = true;
        return job;
    }

    /// <summary>Takes a slice; the record of what is left goes with it.</summary>
    public WriteBatch Finish(StatesPruned pruned)
    {
        IsRunning = false;
        if (pruned.IsDone)
        {
            _kept = _kept with { Oldest = new BlockHeight(_kept.Oldest.Value + (ulong)pruned.Base) };
            _end = null;
        }

        var batch = new WriteBatch();
        batch.Append(pruned.Writes);
        ChainRecords.WriteKeptStates(batch, _kept);
        return batch;
    }

    private BlockHeight? EndOf(BlockTree tree)
    {
        ulong head = tree.Head.Height.Value;
        if (window == 0 || head <= (ulong)window)
        {
            return null;
        }

        ulong end = head - (ulong)window;
        ulong final = tree.Finalized.Height.Value;
        end = final > 0 ? ulong.Min(end, final) : end; // chains without finality have none above genesis
        ulong step = ulong.Max(MinStep, (ulong)(window / StepsInWindow));
        return end >= _kept.Reach.Value + step ? new BlockHeight(end) : null;
    }
}
