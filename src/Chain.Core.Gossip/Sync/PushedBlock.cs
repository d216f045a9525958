using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A block that a peer sent before it could be used, whole or compact; nothing of it is checked.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Id">The block.</param>
/// <param name="Message">A <see cref="PeerMessage.DeliverBlock"/> or <see cref="PeerMessage.CompactBlock"/>.</param>
/// <param name="Bytes">About how many bytes it keeps.</param>
/// <param name="WasWanted">Whether this node wanted it, and lacks its parent.</param>
internal sealed record PushedBlock(ConnectionId From, BlockId Id, PeerMessage Message, long Bytes, bool WasWanted = false);
