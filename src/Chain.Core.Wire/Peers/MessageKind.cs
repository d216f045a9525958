namespace Chain.Core.Wire;

/// <summary>The type byte in front of a peer message.</summary>
public enum MessageKind : byte
{
    /// <summary>Not a message.</summary>
    None = 0,

    /// <summary><see cref="PeerMessage.Hello"/>.</summary>
    Hello = 1,

    /// <summary><see cref="PeerMessage.Goodbye"/>.</summary>
    Goodbye = 2,

    /// <summary><see cref="PeerMessage.Ping"/>.</summary>
    Ping = 3,

    /// <summary><see cref="PeerMessage.Pong"/>.</summary>
    Pong = 4,

    /// <summary><see cref="PeerMessage.GetAddresses"/>.</summary>
    GetAddresses = 5,

    /// <summary><see cref="PeerMessage.Addresses"/>.</summary>
    Addresses = 6,

    /// <summary><see cref="PeerMessage.AnnounceTransactions"/>.</summary>
    AnnounceTransactions = 7,

    /// <summary><see cref="PeerMessage.RequestTransactions"/>.</summary>
    RequestTransactions = 8,

    /// <summary><see cref="PeerMessage.Transactions"/>.</summary>
    Transactions = 9,

    /// <summary><see cref="PeerMessage.AnnounceBlocks"/>.</summary>
    AnnounceBlocks = 10,

    /// <summary><see cref="PeerMessage.RequestBlocks"/>.</summary>
    RequestBlocks = 11,

    /// <summary><see cref="PeerMessage.DeliverBlock"/>.</summary>
    DeliverBlock = 12,

    /// <summary><see cref="PeerMessage.BlocksNotFound"/>.</summary>
    BlocksNotFound = 13,

    /// <summary><see cref="PeerMessage.GetHeaders"/>.</summary>
    GetHeaders = 14,

    /// <summary><see cref="PeerMessage.Headers"/>.</summary>
    Headers = 15,

    /// <summary><see cref="PeerMessage.Consensus"/>.</summary>
    Consensus = 16,

    /// <summary><see cref="PeerMessage.CompactBlock"/>.</summary>
    CompactBlock = 17,

    /// <summary><see cref="PeerMessage.GetBlockTransactions"/>.</summary>
    GetBlockTransactions = 18,

    /// <summary><see cref="PeerMessage.BlockTransactions"/>.</summary>
    BlockTransactions = 19,

    /// <summary><see cref="PeerMessage.GetCompactBlock"/>.</summary>
    GetCompactBlock = 20,

    /// <summary><see cref="PeerMessage.PushCompactBlocks"/>.</summary>
    PushCompactBlocks = 21,

    /// <summary><see cref="PeerMessage.GetStateChanges"/>.</summary>
    GetStateChanges = 22,

    /// <summary><see cref="PeerMessage.StateChanges"/>.</summary>
    StateChanges = 23,
}
