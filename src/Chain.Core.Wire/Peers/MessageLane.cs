namespace Chain.Core.Wire;

/// <summary>Who goes first on a connection: a lower lane never waits behind a higher one.</summary>
public enum MessageLane
{
    /// <summary>Votes, handshakes, pings, announcements of blocks: small and urgent.</summary>
    Urgent = 0,

    /// <summary>Blocks near the head.</summary>
    Blocks = 1,

    /// <summary>Transactions and their announcements.</summary>
    Transactions = 2,

    /// <summary>Headers and bodies for a peer that catches up; addresses.</summary>
    Bulk = 3,
}
