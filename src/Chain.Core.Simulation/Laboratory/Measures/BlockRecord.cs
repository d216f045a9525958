using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>A block and its way through the network.</summary>
/// <param name="header">Its header.</param>
/// <param name="parent">The block before it; null where that is genesis.</param>
/// <param name="producer">The node that had it first.</param>
/// <param name="made">When that was.</param>
/// <param name="nodes">How many nodes there are.</param>
internal sealed class BlockRecord(BlockHeader header, BlockRecord? parent, int producer, Instant made, int nodes)
{
    public BlockHeader Header { get; } = header;

    public BlockRecord? Parent { get; } = parent;

    public ulong Height => Header.Height.Value;

    /// <summary>The node that had it first: who made it.</summary>
    public int Producer { get; } = producer;

    public Instant Made { get; } = made;

    /// <summary>Its transactions that belong to the load or are spam, by the node that they were handed to.</summary>
    public Dictionary<int, List<TransactionRecord>> ByHome { get; } = [];

    /// <summary>How many of its transactions belong to the load.</summary>
    public int Load { get; set; }

    /// <summary>How many are spam.</summary>
    public int Spam { get; set; }

    public int Transactions { get; init; }

    public int Bytes { get; init; }

    /// <summary>When it was valid at each node that has it, in the order of time.</summary>
    public List<Instant> Arrivals { get; } = new(nodes);

    /// <summary>When the first node took it for final.</summary>
    public Instant? Final { get; set; }

    /// <summary>The chain that ends with this block, the oldest first; genesis is left out.</summary>
    public List<BlockRecord> Chain()
    {
        List<BlockRecord> chain = [];
        for (BlockRecord? block = this; block is not null; block = block.Parent)
        {
            chain.Add(block);
        }

        chain.Reverse();
        return chain;
    }

    /// <summary>How long it took until so many nodes had it; null where they never did.</summary>
    public TimeSpan? SpreadTo(int nodes) => Arrivals.Count >= nodes ? Arrivals[nodes - 1] - Made : null;
}
