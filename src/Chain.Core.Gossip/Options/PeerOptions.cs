using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Connections, addresses, scores and bans. Times are from a millisecond to a day where nothing else is said.</summary>
public sealed record PeerOptions
{
    /// <summary>Connections that this node tries to hold by dialling.</summary>
    /// <value>8 by default; from 0 to 1,000.</value>
    public int OutboundSlots { get; init; } = 8;

    /// <summary>Most connections that others may open.</summary>
    /// <value>32 by default; from 0 to 10,000.</value>
    public int InboundSlots { get; init; } = 32;

    /// <summary>How long a peer has to say hello.</summary>
    /// <value>Five seconds by default.</value>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may be silent before it is pinged. Silence of twice that after a ping costs the connection.</summary>
    /// <value>30 seconds by default.</value>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after the first failed dial of an address; it doubles with each further one.</summary>
    /// <value>One second by default.</value>
    public TimeSpan RedialBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two dials of an address.</summary>
    /// <value>One minute by default; not below <see cref="RedialBase"/>.</value>
    public TimeSpan RedialMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Most addresses that are remembered.</summary>
    /// <value>1,024 by default; from 1 to 1,000,000.</value>
    public int MaxAddresses { get; init; } = 1024;

    /// <summary>Most addresses that are remembered from one peer at a time.</summary>
    /// <value>64 by default; from 1 to <see cref="MaxAddresses"/>.</value>
    public int MaxAddressesFromPeer { get; init; } = 64;

    /// <summary>Most addresses in the random sample that askers are given.</summary>
    /// <value>32 by default; from 0 to 256.</value>
    public int AddressSample { get; init; } = 32;

    /// <summary>How long all askers are given the same sample.</summary>
    /// <value>One minute by default.</value>
    public TimeSpan AddressSampleLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a random peer is asked for addresses while outbound slots are free.</summary>
    /// <value>Ten seconds by default.</value>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Points at which a peer is banned.</summary>
    /// <value>100 by default; from 1 to 1,000,000.</value>
    public int BanScore { get; init; } = 100;

    /// <summary>How long it takes until one point is forgiven.</summary>
    /// <value>Six seconds by default: ten points a minute.</value>
    public TimeSpan PointDecay { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long a banned peer is refused.</summary>
    /// <value>One hour by default; up to 10,000 hours.</value>
    public TimeSpan BanTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most peers whose points and bans are remembered.</summary>
    /// <value>4,096 by default; from 1 to 1,000,000.</value>
    public int MaxScores { get; init; } = 4096;

    internal void Validate()
    {
        OptionRange.Check(OutboundSlots, 0, 1000, nameof(OutboundSlots));
        OptionRange.Check(InboundSlots, 0, 10_000, nameof(InboundSlots));
        OptionRange.CheckTime(HelloTimeout, nameof(HelloTimeout));
        OptionRange.CheckTime(PingInterval, nameof(PingInterval));
        OptionRange.CheckTime(RedialBase, nameof(RedialBase));
        OptionRange.Check(RedialMax, RedialBase, TimeSpan.FromHours(24), nameof(RedialMax));
        OptionRange.Check(MaxAddresses, 1, 1_000_000, nameof(MaxAddresses));
        OptionRange.Check(MaxAddressesFromPeer, 1, MaxAddresses, nameof(MaxAddressesFromPeer));
        OptionRange.Check(AddressSample, 0, WireLimits.Addresses, nameof(AddressSample));
        OptionRange.CheckTime(AddressSampleLifetime, nameof(AddressSampleLifetime));
        OptionRange.CheckTime(DiscoveryInterval, nameof(DiscoveryInterval));
        OptionRange.Check(BanScore, 1, 1_000_000, nameof(BanScore));
        OptionRange.CheckTime(PointDecay, nameof(PointDecay));
        OptionRange.CheckTime(BanTime, nameof(BanTime), maxHours: 10_000);
        OptionRange.Check(MaxScores, 1, 1_000_000, nameof(MaxScores));
    }
}
