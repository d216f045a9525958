namespace Chain.Core.Gossip;

/// <summary>What a <see cref="Misbehaviour"/> led to.</summary>
public enum Consequence
{
    /// <summary>Points that decay.</summary>
    Scored = 0,

    /// <summary>The connection is closed; the peer may come back.</summary>
    Cut,

    /// <summary>The connection is closed, and the peer is refused until the ban expires.</summary>
    Banned,
}
