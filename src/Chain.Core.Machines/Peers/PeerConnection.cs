using Chain.Core.Wire;

namespace Chain.Core.Machines;

/// <summary>A connection whose handshake is done.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Peer">Who is at the other end, proved.</param>
/// <param name="Direction">Who dialled.</param>
/// <param name="Remote">The address that was dialled, or the one that the peer came from.</param>
public sealed record PeerConnection(ConnectionId Id, PeerId Peer, ConnectionDirection Direction, PeerAddress Remote);
