namespace Chain.Core.Transport;

/// <summary>The limits of a transport; checked once, when it is made.</summary>
public sealed record TransportOptions
{
    /// <summary>How long a dial with its handshake, or the handshake of an accepted connection, may take.</summary>
    /// <value>Five seconds by default; 10 milliseconds to 60 seconds.</value>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may stay silent; hosts ping more often.</summary>
    /// <value>Two minutes by default; 10 milliseconds to one day.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a peer may refuse to take any bytes while some are being sent.</summary>
    /// <value>30 seconds by default; 10 milliseconds to one day.</value>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closing connection may take to send what is queued and to see the peer close.</summary>
    /// <value>Three seconds by default; 10 milliseconds to 60 seconds.</value>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Most connections in both directions whose handshake is done; further inbound ones are closed at once.</summary>
    /// <value>256 by default; 1 to 65,536.</value>
    public int MaxConnections { get; init; } = 256;

    /// <summary>Most accepted connections whose handshake is not done; further ones are closed at once.</summary>
    /// <value>64 by default; 1 to 65,536.</value>
    public int MaxPendingHandshakes { get; init; } = 64;

    /// <summary>
    /// Bytes that may wait for one peer. A message is still taken while fewer wait, so that a large block fits; then
    /// the connection is cut.
    /// </summary>
    /// <value>1,048,576 by default; 1,024 to 268,435,456.</value>
    public int SendQueueBytes { get; init; } = 1024 * 1024;

    /// <summary>Connections that the system holds before they are accepted.</summary>
    /// <value>128 by default; 1 to 65,535.</value>
    public int ListenBacklog { get; init; } = 128;

    /// <summary>
    /// Bytes that both sides mix into the handshake, for example the genesis id: with another value it fails.
    /// </summary>
    /// <value>Empty by default; at most 1,024 bytes.</value>
    public ReadOnlyMemory<byte> Prologue { get; init; }

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside of its range.</exception>
    public void Validate()
    {
        Require(HandshakeTimeout, TimeSpan.FromSeconds(60), nameof(HandshakeTimeout));
        Require(IdleTimeout, TimeSpan.FromDays(1), nameof(IdleTimeout));
        Require(SendTimeout, TimeSpan.FromDays(1), nameof(SendTimeout));
        Require(CloseTimeout, TimeSpan.FromSeconds(60), nameof(CloseTimeout));
        Require(MaxConnections, 1, 65_536, nameof(MaxConnections));
        Require(MaxPendingHandshakes, 1, 65_536, nameof(MaxPendingHandshakes));
        Require(SendQueueBytes, 1024, 256 * 1024 * 1024, nameof(SendQueueBytes));
        Require(ListenBacklog, 1, 65_535, nameof(ListenBacklog));
        Require(Prologue.Length, 0, 1024, nameof(Prologue));
    }

    private static void Require(TimeSpan value, TimeSpan most, string name)
    {
        if (value < TimeSpan.FromMilliseconds(10) || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Must be 10 ms to {most}.");
        }
    }

    private static void Require(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Must be {least} to {most}.");
        }
    }
}
