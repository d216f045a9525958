using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Finds which states the stored blocks have, and deletes those that are too old, a slice at a time.</summary>
/// <param name="head">The head; the snapshot holds it and every block since <paramref name="oldest"/>.</param>
/// <param name="oldest">Height of the oldest state of the head's chain that may be left.</param>
/// <param name="abandonedAbove">Blocks beside the chain up to this height lost their places in the index of transactions before.</param>
/// <param name="end">Height of the oldest state that must stay readable.</param>
/// <param name="prunesIndex">Whether there is an index of transactions.</param>
internal sealed class PruneStoredStatesJob(
    BlockId head, BlockHeight oldest, BlockHeight abandonedAbove, BlockHeight end, bool prunesIndex) : Job
{
    internal const int MinDeletes = 4096;

    /// <inheritdoc/>
    public override object? SharingKey => (typeof(PruneStoredStatesJob), head, oldest, abandonedAbove, end, prunesIndex);

    public override JobResult Run(IKeyValueReader snapshot)
    {
        List<BlockHeader> beside = [.. ChainRecords.ReadHeaders(snapshot, oldest)];
        List<BlockHeader> chain = TakeChain(beside);
        List<BlockHeader> inReach = TakeInReach(chain, beside);
        var job = new PruneStatesJob(
            RootsOf(chain.Where(header => header.Height <= end)),
            RootsOf(chain.Where(header => header.Height > end).Concat(inReach)),
            RootsOf(beside.Where(header => header.Height <= end)),
            RootsOf(beside.Where(header => header.Height > end)),
            int.Max(MinDeletes, chain.Count)); // all of the chain is looked at: then it is worth to delete as much
        var pruned = (StatesPruned)job.Run(snapshot);
        if (prunesIndex)
        {
            foreach (BlockHeader header in beside.Where(header => header.Height > abandonedAbove && header.Height <= end))
            {
                TransactionIndex.Delete(pruned.Writes, snapshot, header.Id);
            }
        }

        return pruned;
    }

    /// <summary>Takes the head's chain out of the stored headers; oldest first.</summary>
    private List<BlockHeader> TakeChain(List<BlockHeader> stored)
    {
        var byId = stored.ToDictionary(static header => header.Id);
        var chain = new List<BlockHeader>();
        for (BlockId id = head; byId.Remove(id, out BlockHeader? header); id = header.Parent)
        {
            chain.Add(header);
        }

        chain.Reverse();
        stored.RemoveAll(header => !byId.ContainsKey(header.Id));
        return chain;
    }

    /// <summary>Takes out the blocks that a reorganisation within the window can lead to; parents before children.</summary>
    private List<BlockHeader> TakeInReach(List<BlockHeader> chain, List<BlockHeader> beside)
    {
        HashSet<BlockId> reached = [.. chain.Where(header => header.Height >= end).Select(static header => header.Id)];
        List<BlockHeader> found = beside.FindAll(header => reached.Contains(header.Parent) && reached.Add(header.Id));
        beside.RemoveAll(header => reached.Contains(header.Id));
        return found;
    }

    private static Hash256[] RootsOf(IEnumerable<BlockHeader> headers) => [.. headers.Select(static header => header.Fields.StateRoot)];
}
