using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>A block and its way through the network.</summary>
internal sealed class BlockRecord(BlockHeader header, int producer, Instant made)
{
    public BlockHeader Header { get; } = header;

    public ulong Height => Header.Height.Value;

    /// <summary>The node that had it first: who made it.</summary>
    public int Producer { get; } = producer;

    public Instant Made { get; } = made;

    /// <summary>Its transactions that belong to the load, by the node that they were handed to.</summary>
    public Dictionary<int, List<TransactionRecord>> ByHome { get; } = [];

    /// <summary>How many of its transactions belong to the load.</summary>
    public int Load { get; set; }

    public int Transactions { get; init; }

    public int Bytes { get; init; }

    /// <summary>When it was valid at each node that has it, in the order of time.</summary>
    public List<Instant> Arrivals { get; } = [];

    /// <summary>When the first node took it for final.</summary>
    public Instant? Final { get; set; }

    /// <summary>How long it took until so many nodes had it; null where they never did.</summary>
    public TimeSpan? SpreadTo(int nodes) => Arrivals.Count >= nodes ? Arrivals[nodes - 1] - Made : null;
}
