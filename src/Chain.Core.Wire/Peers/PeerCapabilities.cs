namespace Chain.Core.Wire;

/// <summary>What a peer offers beyond the minimum. Unknown bits are kept and ignored.</summary>
[Flags]
public enum PeerCapabilities : uint
{
    /// <summary>Headers and nothing else.</summary>
    None = 0,

    /// <summary>Serves whole blocks from genesis on.</summary>
    FullHistory = 1,

    /// <summary>Relays transactions.</summary>
    TransactionRelay = 2,

    /// <summary>Takes and gives compact blocks: the messages from <see cref="PeerMessage.CompactBlock"/> to <see cref="PeerMessage.PushCompactBlocks"/> go to such peers only.</summary>
    CompactBlocks = 4,

    /// <summary>
    /// Says what a block changed in the state: <see cref="PeerMessage.GetStateChanges"/> and <see cref="PeerMessage.StateChanges"/> go to
    /// such peers only.
    /// </summary>
    StateChanges = 8,
}
