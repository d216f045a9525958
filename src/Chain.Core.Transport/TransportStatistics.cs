namespace Chain.Core.Transport;

/// <summary>What a transport has done so far.</summary>
/// <param name="Connections">Connections that are open now, their handshake done.</param>
/// <param name="PendingHandshakes">Accepted connections whose handshake is not done.</param>
/// <param name="RefusedConnections">Accepted and closed at once, because a limit was reached.</param>
/// <param name="FailedHandshakes">Accepted, and cut because the handshake failed or timed out.</param>
/// <param name="BytesReceived">Bytes of encrypted records read, with their lengths.</param>
/// <param name="BytesSent">Bytes of encrypted records written, with their lengths.</param>
public sealed record TransportStatistics(
    int Connections,
    int PendingHandshakes,
    long RefusedConnections,
    long FailedHandshakes,
    long BytesReceived,
    long BytesSent);
