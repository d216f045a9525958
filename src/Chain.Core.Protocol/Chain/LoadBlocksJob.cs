using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Reads stored blocks, up to a budget of bytes.</summary>
internal sealed class LoadBlocksJob(IReadOnlyList<BlockId> ids, long maxBytes) : Job
{
    public override JobResult Run(IKeyValueReader snapshot)
    {
        var found = new List<Block>();
        var missing = new List<BlockId>();
        long bytes = 0;
        foreach (BlockId id in ids)
        {
            if (bytes < maxBytes && ChainRecords.TryReadBlock(snapshot, id, out Block? block))
            {
                found.Add(block);
                bytes += block.Encoded.Length;
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
