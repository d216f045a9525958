using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>
/// Peer messages over TCP: a Noise XX handshake, then encrypted records of length-prefixed frames in priority lanes.
/// </summary>
public sealed class TcpTransport : ITransport
{
    private const int ReadBufferSize = 32 * 1024;
    private const int UnsentLimit = 128 * 1024;
    private const int LinuxTcpLevel = 6;
    private const int LinuxNotSentLowWater = 25;

    private readonly X25519PrivateKey _staticKey;
    private readonly ChannelWriter<HostInput> _inputs;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly FrameEncoder _encoder = new();
    private readonly TransportCounters _counters = new();
    private readonly ConcurrentDictionary<ConnectionId, TcpConnection> _connections = new();
    private readonly ConcurrentBag<Socket> _listeners = [];
    private readonly TrackedTasks _loops = new();
    private readonly TrackedTasks _connectionTasks = new();
    private readonly CancellationTokenSource _stopOpening = new();
    private readonly CancellationTokenSource _stopConnections = new();
    private readonly CancellationTokenSource _stopWatching = new();
    private volatile FrozenSet<PeerId> _barred = [];
    private ulong _lastConnection;
    private int _disposed;

    /// <summary>Makes a transport that neither listens nor dials yet.</summary>
    /// <param name="staticKey">The key that this side proves to hold; it stays the caller's, and must outlive the transport.</param>
    /// <param name="inputs">Takes what happens; bounded, so that a slow host slows its peers down.</param>
    /// <param name="options">The limits, or null for the defaults.</param>
    /// <param name="time">The clock of all timeouts, or null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public TcpTransport(
        X25519PrivateKey staticKey, ChannelWriter<HostInput> inputs, TransportOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(staticKey);
        ArgumentNullException.ThrowIfNull(inputs);
        _options = options ?? new TransportOptions();
        _options.Validate();
        _staticKey = staticKey;
        _inputs = inputs;
        _time = time ?? TimeProvider.System;
        LocalPeer = new PeerId(new Hash256(staticKey.PublicKey.Span));
        _loops.Run(WatchDeadlinesAsync);
    }

    /// <inheritdoc/>
    public PeerId LocalPeer { get; }

    /// <summary>What happened so far.</summary>
    public TransportStatistics Statistics => _counters.Read(_connections.Count);

    /// <inheritdoc/>
    public IPEndPoint Listen(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                listener.DualMode = true;
            }

            listener.Bind(endPoint);
            listener.Listen(_options.ListenBacklog);
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }

        _listeners.Add(listener);
        _loops.Run(() => AcceptAsync(listener));
        return (IPEndPoint)listener.LocalEndPoint!;
    }

    /// <inheritdoc/>
    public void Dial(PeerAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_disposed == 0)
        {
            _connectionTasks.Run(() => GuardAsync(DialAsync(address)));
        }
    }

    /// <inheritdoc/>
    public bool Send(ConnectionId connection, PeerMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_connections.TryGetValue(connection, out TcpConnection? found))
        {
            return found.Send(PeerMessageCodec.LaneOf(message.Kind), _encoder.Encode(message));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Close(ConnectionId connection, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (_connections.TryGetValue(connection, out TcpConnection? found))
        {
            found.Close(reason);
        }
    }

    /// <summary>
    /// Has nothing to do with these peers from now on, and with all others again: their connections are cut at once, as by a
    /// broken cable, and new ones end with the handshake, whoever dials.
    /// </summary>
    public void Bar(IReadOnlyCollection<PeerId> peers)
    {
        ArgumentNullException.ThrowIfNull(peers);
        _barred = peers.ToFrozenSet();
        foreach (TcpConnection connection in _connections.Values)
        {
            CutIfBarred(connection);
        }
    }

    /// <summary>
    /// Stops listening, says goodbye to every peer, and waits for all tasks: at most <see cref="TransportOptions.CloseTimeout"/>
    /// for peers that do not answer.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        foreach (Socket listener in _listeners)
        {
            listener.Dispose();
        }

        foreach (ConnectionId connection in _connections.Keys)
        {
            Close(connection, "this node stops");
        }

        // Dials and handshakes end now; what is open has its goodbye to say first.
        await _stopOpening.CancelAsync().ConfigureAwait(false);
        using (_time.CreateTimer(_ => _stopConnections.Cancel(), null, _options.CloseTimeout, Timeout.InfiniteTimeSpan))
        {
            await _connectionTasks.WhenAllAsync().ConfigureAwait(false);
        }

        await _stopWatching.CancelAsync().ConfigureAwait(false);
        await _loops.WhenAllAsync().ConfigureAwait(false);
        await _connectionTasks.WhenAllAsync().ConfigureAwait(false);
        _stopOpening.Dispose();
        _stopConnections.Dispose();
        _stopWatching.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (_disposed == 0)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync(_stopOpening.Token).ConfigureAwait(false);
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException || _disposed != 0)
            {
                return;
            }
            catch (SocketException)
            {
                // Descriptors have run out, or a peer left the queue: others may come through later.
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time).ConfigureAwait(false);
                continue;
            }

            if (_counters.PendingHandshakes >= _options.MaxPendingHandshakes || _connections.Count >= _options.MaxConnections)
            {
                _counters.ConnectionRefused();
                socket.Dispose();
                continue;
            }

            _counters.HandshakeBegan();
            _connectionTasks.Run(() => GuardAsync(ServeAsync(socket)));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            PeerAddress remote;
            SecureChannel? channel = null;
            try
            {
                remote = AddressOf((IPEndPoint)socket.RemoteEndPoint!);
                using var timeout = new CancellationTokenSource(_options.HandshakeTimeout, _time);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopOpening.Token);
                channel = await ShakeHandsAsync(socket, NoiseRole.Responder, end.Token).ConfigureAwait(false);
            }
            finally
            {
                _counters.HandshakeEnded();
                if (channel is null)
                {
                    _counters.HandshakeFailed();
                }
            }

            if (channel is not null && _connections.Count >= _options.MaxConnections)
            {
                // Several handshakes raced for the last place.
                _counters.ConnectionRefused();
                await CompleteAsync(channel.Input, channel.Output).ConfigureAwait(false);
                channel.Ciphers.Dispose();
            }
            else if (channel is not null)
            {
                await RunAsync(socket, channel, ConnectionDirection.Inbound, remote).ConfigureAwait(false);
            }
        }
    }

    private async Task DialAsync(PeerAddress address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        SecureChannel? channel = null;
        try
        {
            using var timeout = new CancellationTokenSource(_options.HandshakeTimeout, _time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopOpening.Token);
            await socket.ConnectAsync(EndPointOf(address), end.Token).ConfigureAwait(false);
            channel = await ShakeHandsAsync(socket, NoiseRole.Initiator, end.Token).ConfigureAwait(false);
        }
        finally
        {
            if (channel is null)
            {
                await TellAsync(new HostInput.DialFailed(address)).ConfigureAwait(false);
            }
        }

        if (channel is not null)
        {
            await RunAsync(socket, channel, ConnectionDirection.Outbound, address).ConfigureAwait(false);
        }
    }

    private async ValueTask<SecureChannel?> ShakeHandsAsync(Socket socket, NoiseRole role, CancellationToken cancellation)
    {
        Tune(socket);
        var stream = new NetworkStream(socket);

        // A read of zero bytes waits for data before a buffer is taken: idle connections hold none.
        PipeReader input = PipeReader.Create(stream, new StreamPipeReaderOptions(
            bufferSize: ReadBufferSize, leaveOpen: true, useZeroByteReads: true));
        PipeWriter output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        SecureChannel? channel = null;
        try
        {
            SecureChannel? shaken = await TcpHandshake.RunAsync(input, output, role, _staticKey, _options.Prologue, cancellation)
                .ConfigureAwait(false);
            if (shaken is not null && _barred.Contains(shaken.Peer))
            {
                shaken.Ciphers.Dispose();
                return null;
            }

            channel = shaken;
            return channel;
        }
        finally
        {
            if (channel is null)
            {
                await CompleteAsync(input, output).ConfigureAwait(false);
            }
        }
    }

    private static void Tune(Socket socket)
    {
        socket.NoDelay = true;
        if (OperatingSystem.IsLinux())
        {
            // TCP_NOTSENT_LOWAT: what is not on the wire yet stays in our lanes, where a vote can still overtake it.
            socket.SetRawSocketOption(LinuxTcpLevel, LinuxNotSentLowWater, BitConverter.GetBytes(UnsentLimit));
        }
    }

    private async Task RunAsync(Socket socket, SecureChannel channel, ConnectionDirection direction, PeerAddress remote)
    {
        var peer = new PeerConnection(
            new ConnectionId(Interlocked.Increment(ref _lastConnection)), channel.Peer, direction, remote);
        using var connection = new TcpConnection(peer, socket, channel, _options, _time, _inputs, _counters);
        try
        {
            _connections[peer.Id] = connection;
            CutIfBarred(connection); // barred since the handshake
            if (_disposed != 0)
            {
                connection.Close("this node stops");
            }

            await TellAsync(new HostInput.Connected(peer)).ConfigureAwait(false);
            string reason = await connection.RunAsync(_stopConnections.Token).ConfigureAwait(false);
            _connections.TryRemove(peer.Id, out _);
            if (!connection.IsClosedByHost)
            {
                await TellAsync(new HostInput.Disconnected(peer.Id, reason, connection.BrokeProtocol)).ConfigureAwait(false);
            }
        }
        finally
        {
            _connections.TryRemove(peer.Id, out _);
            await CompleteAsync(channel.Input, channel.Output).ConfigureAwait(false);
        }
    }

    private void CutIfBarred(TcpConnection connection)
    {
        if (_barred.Contains(connection.Peer))
        {
            connection.Cut("the peer is barred");
        }
    }

    private static async ValueTask CompleteAsync(PipeReader input, PipeWriter output)
    {
        await input.CompleteAsync().ConfigureAwait(false);

        // With an exception: completing a writer otherwise flushes what the peer did not take.
        await output.CompleteAsync(new IOException("The connection ended.")).ConfigureAwait(false);
    }

    private async Task WatchDeadlinesAsync()
    {
        TimeSpan shortest = new[] { _options.IdleTimeout, _options.SendTimeout, _options.CloseTimeout }.Min();
        TimeSpan period = TimeSpan.FromMilliseconds(Math.Clamp(shortest.TotalMilliseconds / 4, 5, 500));
        using var timer = new PeriodicTimer(period, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopWatching.Token).ConfigureAwait(false))
            {
                foreach (TcpConnection connection in _connections.Values)
                {
                    connection.CheckDeadlines();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    /// <summary>Streams break, peers vanish, time runs out: that ends a connection, not the transport.</summary>
    private static async Task GuardAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException
            or ObjectDisposedException or ChannelClosedException)
        {
            // Told to the host where it has to know.
        }
    }

    private async ValueTask TellAsync(HostInput input)
    {
        if (!_inputs.TryWrite(input))
        {
            await _inputs.WriteAsync(input, _stopConnections.Token).ConfigureAwait(false);
        }
    }

    private static EndPoint EndPointOf(PeerAddress address) =>
        address.Kind == PeerAddressKind.Dns
            ? new DnsEndPoint(address.Host, address.Port)
            : new IPEndPoint(IPAddress.Parse(address.Host), address.Port);

    /// <summary>Without the scope of a link-local address, which means nothing to others.</summary>
    private static PeerAddress AddressOf(IPEndPoint endPoint) =>
        PeerAddress.From(new IPAddress(endPoint.Address.GetAddressBytes()), endPoint.Port);
}
