using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Reads stored blocks.</summary>
internal sealed class LoadBlocksJob(IReadOnlyList<BlockId> ids) : Job
{
    /// <summary>Most loads are of one block, which a peer asked for.</summary>
    public override object? SharingKey => ids.Count == 1 ? (typeof(LoadBlocksJob), ids[0]) : null;

    public override JobResult Run(IKeyValueReader snapshot)
    {
        var found = new List<Block>();
        var missing = new List<BlockId>();
        foreach (BlockId id in ids)
        {
            if (ChainRecords.TryReadBlock(snapshot, id, out Block? block))
            {
                found.Add(block);
            }
            else
            {
                missing.Add(id);
            }
        }

        return new BlocksLoaded(found, missing);
    }
}

/// <summary>What <see cref="LoadBlocksJob"/> found.</summary>
internal sealed record BlocksLoaded(IReadOnlyList<Block> Found, IReadOnlyList<BlockId> Missing) : JobResult;
