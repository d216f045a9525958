namespace Chain.Core.Gossip;

/// <summary>What is known of a <see cref="RelayedTransaction"/>.</summary>
internal enum RelayedState
{
    /// <summary>It is in no list of the book.</summary>
    Forgotten = 0,

    /// <summary>A peer is asked for it.</summary>
    Asked,

    /// <summary>It was received or decided on, and is not asked for.</summary>
    Seen,
}
