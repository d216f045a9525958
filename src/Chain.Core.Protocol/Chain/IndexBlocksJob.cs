using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Writes the entries of blocks that were stored while there was no index, a slice at a time.</summary>
/// <param name="from">The first height that is not indexed.</param>
internal sealed class IndexBlocksJob(BlockHeight from) : Job
{
    private const int MaxEntries = 4096;

    /// <summary>Computes a <see cref="BlocksIndexed"/>. A height is done as a whole.</summary>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        var writes = new WriteBatch();
        BlockHeight height = from;
        foreach (BlockHeader header in ChainRecords.ReadHeaders(snapshot, from))
        {
            if (header.Height > height && writes.Operations.Count >= MaxEntries)
            {
                return new BlocksIndexed(writes, header.Height);
            }

            height = header.Height;
            if (ChainRecords.TryReadBlock(snapshot, header.Id, out Block? block))
            {
                TransactionIndex.Write(writes, block);
            }
        }

        return new BlocksIndexed(writes, null);
    }
}

/// <summary>What <see cref="IndexBlocksJob"/> found.</summary>
/// <param name="Writes">The entries.</param>
/// <param name="Next">The first height that is not indexed; null where all are.</param>
internal sealed record BlocksIndexed(WriteBatch Writes, BlockHeight? Next) : JobResult;
