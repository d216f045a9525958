namespace Chain.Core.Transport;

/// <summary>The numbers behind <see cref="TransportStatistics"/>; any thread adds.</summary>
internal sealed class TransportCounters
{
    private int _pendingHandshakes;
    private long _refusedConnections;
    private long _failedHandshakes;
    private long _bytesReceived;
    private long _bytesSent;

    public int PendingHandshakes => Volatile.Read(ref _pendingHandshakes);

    public void HandshakeBegan() => Interlocked.Increment(ref _pendingHandshakes);

    public void HandshakeEnded() => Interlocked.Decrement(ref _pendingHandshakes);

    public void ConnectionRefused() => Interlocked.Increment(ref _refusedConnections);

    public void HandshakeFailed() => Interlocked.Increment(ref _failedHandshakes);

    public void Received(long bytes) => Interlocked.Add(ref _bytesReceived, bytes);

    public void Sent(long bytes) => Interlocked.Add(ref _bytesSent, bytes);

    public TransportStatistics Read(int connections) => new(
        connections,
        PendingHandshakes,
        Interlocked.Read(ref _refusedConnections),
        Interlocked.Read(ref _failedHandshakes),
        Interlocked.Read(ref _bytesReceived),
        Interlocked.Read(ref _bytesSent));
}
