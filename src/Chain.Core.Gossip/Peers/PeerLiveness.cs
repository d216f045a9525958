using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>Whether a peer is there, and how far away. A part of its <see cref="Peer"/>: not to be copied.</summary>
internal struct PeerLiveness(Instant now)
{
    public Instant LastHeard { get; set; } = now;

    public Instant PingedAt { get; set; } = now;

    /// <summary>The number in the pings that are open.</summary>
    public ulong Nonce { get; set; }

    public int OpenPings { get; set; }

    /// <summary>The round trip of the last ping; null before the first pong.</summary>
    public TimeSpan? RoundTrip { get; set; }

    /// <summary>Whether the peer owes an answer with addresses.</summary>
    public bool OwesAddresses { get; set; }

    /// <summary>How many addresses were taken from the peer.</summary>
    public int AddressesTaken { get; set; }
}
