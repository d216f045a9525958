using System.Net;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>
/// Carries peer messages. What happens is told as <see cref="HostInput"/> (connected, dial failed, received,
/// disconnected) to the channel that the implementation was made with; a full channel slows the peers down.
/// All members may be called from any thread, and none waits for a peer.
/// </summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>Who this side is.</summary>
    PeerId LocalPeer { get; }

    /// <summary>Takes connections from now on; may be called for several end points.</summary>
    /// <param name="endPoint">Port 0 lets the system choose.</param>
    /// <returns>The end point in use.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The end point is not free or not ours.</exception>
    IPEndPoint Listen(IPEndPoint endPoint);

    /// <summary>Tries to connect; the answer is <see cref="HostInput.Connected"/> or <see cref="HostInput.DialFailed"/>.</summary>
    void Dial(PeerAddress address);

    /// <summary>
    /// Queues a message in its lane. Nothing happens where the connection is gone; a connection whose queue is full
    /// already is cut.
    /// </summary>
    /// <returns>
    /// False where this message made so much wait that only urgent ones should follow, until
    /// <see cref="HostInput.Drained"/> comes; true in every other case.
    /// </returns>
    /// <exception cref="ArgumentException">The message is larger than its kind may be.</exception>
    bool Send(ConnectionId connection, PeerMessage message);

    /// <summary>
    /// Sends what is queued, says goodbye and closes. Nothing more is told of this connection but what already
    /// stands in the channel.
    /// </summary>
    void Close(ConnectionId connection, string reason);
}
