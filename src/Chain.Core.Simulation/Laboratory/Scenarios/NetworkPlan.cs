using Chain.Core.Gossip;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>The network between the nodes of a scenario.</summary>
public sealed record NetworkPlan
{
    /// <summary>A published matrix of latencies, by its name: <see cref="PublishedLatencies"/>. Nodes are spread over its regions by <see cref="RegionShares"/>.</summary>
    /// <value>Null by default: every node is <see cref="Latency"/> from every other.</value>
    public string? Matrix { get; init; }

    /// <summary>The regions of the matrix that have nodes.</summary>
    /// <value>None by default, for all.</value>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>How nodes are spread over the regions, in any unit, one share for each region.</summary>
    /// <value>None by default: they are dealt out in turn.</value>
    public IReadOnlyList<double> RegionShares { get; init; } = [];

    /// <summary>How long a message takes where there is no matrix.</summary>
    /// <value>50 ms by default; not negative.</value>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The most that chance adds to the latency of each message, uniformly.</summary>
    /// <value>5 ms by default; not negative.</value>
    public TimeSpan Jitter { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How many of a million messages vanish.</summary>
    /// <value>0 by default; at most 1,000,000.</value>
    public int LossPerMillion { get; init; }

    /// <summary>Bits per second that a node can send, shared by its connections.</summary>
    /// <value>0 by default: no limit.</value>
    public long UplinkBitsPerSecond { get; init; }

    /// <summary>Bits per second that a node can receive, shared by its connections.</summary>
    /// <value>0 by default: no limit.</value>
    public long DownlinkBitsPerSecond { get; init; }

    /// <summary>Who is connected to whom.</summary>
    public TopologyRule Topology { get; init; }

    /// <summary>How many connections a node opens, where the topology leaves a choice.</summary>
    /// <value>8 by default; 1 to 1,000.</value>
    public int Degree { get; init; } = 8;

    /// <summary>In which form nodes pass blocks on.</summary>
    /// <value>As in production by default: <see cref="RelayOptions.Blocks"/>.</value>
    public BlockRelay Relay { get; init; } = new RelayOptions().Blocks;
}
