namespace Chain.Core.Simulation;

/// <summary>How every link of the simulated network behaves. Immutable.</summary>
public sealed record NetworkModel
{
    /// <summary>The shortest time of a message from one node to another.</summary>
    /// <value>50 ms by default; not negative.</value>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a message takes from region to region, in place of <see cref="Latency"/>.</summary>
    /// <value>Null by default: every node is as far from every other.</value>
    public LatencyMatrix? Regions { get; init; }

    /// <summary>The most that chance adds to <see cref="Latency"/>, uniformly.</summary>
    /// <value>20 ms by default; not negative.</value>
    public TimeSpan Jitter { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many of a million messages vanish. Harsher than TCP, which would deliver late or close.</summary>
    /// <value>0 by default; at most 1,000,000.</value>
    public int LossPerMillion { get; init; }

    /// <summary>How many of a million messages arrive twice. Harsher than TCP, which delivers once.</summary>
    /// <value>0 by default; at most 1,000,000.</value>
    public int DuplicatesPerMillion { get; init; }

    /// <summary>How many of a million messages are overtaken by later ones. Harsher than TCP, which keeps the order.</summary>
    /// <value>0 by default; at most 1,000,000.</value>
    public int ReorderingPerMillion { get; init; }

    /// <summary>The most by which a message that is overtaken is late.</summary>
    /// <value>500 ms by default; not negative.</value>
    public TimeSpan ReorderingDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes per second of each direction of each connection: a message follows the one before when that is sent whole.</summary>
    /// <value>0 by default: no limit.</value>
    public long LinkBytesPerSecond { get; init; }

    /// <summary>Bytes per second that one node can send in all.</summary>
    /// <value>0 by default: no limit.</value>
    public long UplinkBytesPerSecond { get; init; }

    /// <summary>Bytes per second that one node can receive in all; only where <see cref="SharesFairly"/>.</summary>
    /// <value>0 by default: no limit.</value>
    public long DownlinkBytesPerSecond { get; init; }

    /// <summary>
    /// Whether the connections of a node share its uplink and downlink max-min fairly, as flows do. Else messages leave an uplink
    /// one after the other, and downlinks have no limit.
    /// </summary>
    /// <value>False by default.</value>
    public bool SharesFairly { get; init; }

    /// <summary>How long a node takes to find out that a dial or a connection is dead.</summary>
    /// <value>One second by default; not negative.</value>
    public TimeSpan FailureDetection { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What one node does reaches no other sooner; zero where that is not sure.</summary>
    internal TimeSpan ShortestCrossing
    {
        get
        {
            TimeSpan latency = Regions?.Shortest ?? Latency;
            return SharesFairly ? TimeSpan.Zero // a transfer changes the rates of all others at once
                : latency < FailureDetection ? latency
                : FailureDetection;
        }
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Jitter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(FailureDetection, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReorderingDelay, TimeSpan.Zero);
        ValidateShare(LossPerMillion);
        ValidateShare(DuplicatesPerMillion);
        ValidateShare(ReorderingPerMillion);
        ArgumentOutOfRangeException.ThrowIfNegative(LinkBytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(UplinkBytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(DownlinkBytesPerSecond);
    }

    private static void ValidateShare(int perMillion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(perMillion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perMillion, 1_000_000);
    }
}
