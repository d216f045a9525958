using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>A transport over a <see cref="LoopbackNetwork"/>: the frames, lanes and limits of TCP without its sockets.</summary>
public sealed class LoopbackTransport : ITransport
{
    private readonly LoopbackNetwork _network;
    private readonly ChannelWriter<HostInput> _inputs;
    private readonly TransportOptions _options;
    private readonly FrameEncoder _encoder = new();
    private readonly ConcurrentDictionary<ConnectionId, LoopbackConnection> _connections = new();
    private readonly TrackedTasks _tasks = new();
    private readonly CancellationTokenSource _stop = new();
    private PeerAddress? _address;
    private ulong _lastConnection;
    private int _disposed;

    /// <summary>Makes a transport that neither listens nor dials yet.</summary>
    /// <param name="network">Who can be reached.</param>
    /// <param name="localPeer">Who this side is; nobody checks it.</param>
    /// <param name="inputs">Takes what happens; bounded, so that a slow host slows its peers down.</param>
    /// <param name="options">The limits, or null for the defaults; the timeouts mean nothing here.</param>
    public LoopbackTransport(
        LoopbackNetwork network, PeerId localPeer, ChannelWriter<HostInput> inputs, TransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        _network = network;
        _inputs = inputs;
        _options = options ?? new TransportOptions();
        _options.Validate();
        LocalPeer = localPeer;
    }

    /// <inheritdoc/>
    public PeerId LocalPeer { get; }

    /// <inheritdoc/>
    public IPEndPoint Listen(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        IPEndPoint bound = _network.Listen(this, endPoint);
        _address ??= PeerAddress.From(bound.Address, bound.Port);
        return bound;
    }

    /// <inheritdoc/>
    public void Dial(PeerAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_disposed == 0)
        {
            _tasks.Run(() => GuardAsync(DialAsync(address)));
        }
    }

    /// <inheritdoc/>
    public bool Send(ConnectionId connection, PeerMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_connections.TryGetValue(connection, out LoopbackConnection? found))
        {
            return found.Send(PeerMessageCodec.LaneOf(message.Kind), _encoder.Encode(message));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Close(ConnectionId connection, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (_connections.TryGetValue(connection, out LoopbackConnection? found))
        {
            found.Close(reason);
        }
    }

    /// <summary>Says goodbye to every peer and waits for all tasks.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _network.Forget(this);
        foreach (ConnectionId connection in _connections.Keys)
        {
            Close(connection, "this node stops");
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        using var late = new CancellationTokenSource(_options.CloseTimeout);
        using CancellationTokenRegistration cutting = late.Token.Register(CutAll);
        await _tasks.WhenAllAsync().ConfigureAwait(false);
    }

    internal async ValueTask TellAsync(HostInput input, CancellationToken cancellation)
    {
        if (!_inputs.TryWrite(input))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
            await _inputs.WriteAsync(input, either.Token).ConfigureAwait(false);
        }
    }

    /// <summary>A connection is over; the host is told unless it asked for that itself.</summary>
    internal async ValueTask EndAsync(LoopbackConnection connection, string? reason)
    {
        _connections.TryRemove(connection.Peer.Id, out _);
        if (reason is not null)
        {
            await TellAsync(new HostInput.Disconnected(connection.Peer.Id, reason, connection.BrokeProtocol), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void CutAll()
    {
        foreach (LoopbackConnection connection in _connections.Values)
        {
            connection.Cut("closing took too long");
        }
    }

    private async Task DialAsync(PeerAddress address)
    {
        LoopbackTransport? target = _network.Find(address);
        if (target is null || target.LocalPeer == LocalPeer || target._connections.Count >= target._options.MaxConnections)
        {
            await TellAsync(new HostInput.DialFailed(address), CancellationToken.None).ConfigureAwait(false);
            return;
        }

        LoopbackConnection mine = Open(target.LocalPeer, ConnectionDirection.Outbound, address);
        LoopbackConnection theirs = target.Open(LocalPeer, ConnectionDirection.Inbound, _address ?? address);
        (mine.Other, theirs.Other) = (theirs, mine);
        target._tasks.Run(() => GuardAsync(target.RunAsync(theirs)));
        await RunAsync(mine).ConfigureAwait(false);
    }

    private LoopbackConnection Open(PeerId peer, ConnectionDirection direction, PeerAddress remote)
    {
        var id = new ConnectionId(Interlocked.Increment(ref _lastConnection));
        return new LoopbackConnection(this, new PeerConnection(id, peer, direction, remote), _options.SendQueueBytes);
    }

    private async Task RunAsync(LoopbackConnection connection)
    {
        using LoopbackConnection running = connection;
        _connections[connection.Peer.Id] = connection;
        await TellAsync(new HostInput.Connected(connection.Peer), CancellationToken.None).ConfigureAwait(false);
        connection.MarkAnnounced();
        await connection.RunAsync().ConfigureAwait(false);
    }

    private static async Task GuardAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ChannelClosedException)
        {
            // The host has gone: there is nobody to tell.
        }
    }
}
