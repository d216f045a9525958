using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chain.Core.Rpc;

/// <summary>
/// Serves a node: JSON-RPC 2.0 with <c>POST /</c> or over a WebSocket at <c>/</c>, events at <c>GET /v1/events</c>, health at
/// <c>/health/live</c> and <c>/health/ready</c>. Dispose it before its node.
/// </summary>
public sealed class RpcServer : IAsyncDisposable
{
    private const int RequestBufferBytes = 64 * 1024;
    private const int ResponseBufferBytes = 16 * 1024;

    private readonly KestrelServer _kestrel;
    private readonly RpcHost _host;
    private readonly RpcServices _services;
    private readonly KestrelServerOptions _listening;
    private readonly Lock _changing = new();
    private int _disposed;

    private RpcServer(RpcServices services, RpcHost host, KestrelServer kestrel, KestrelServerOptions listening)
    {
        _listening = listening;
        _services = services;
        _host = host;
        _kestrel = kestrel;
    }

    /// <summary>Where clients connect.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where administrators connect; null where there is no such listener.</summary>
    public Uri? AdminUrl { get; private set; }

    /// <summary>How many WebSockets and readers of events are connected.</summary>
    public int StreamCount => _host.Streams.Taken;

    /// <summary>Memory that long messages take: see <see cref="RpcServerOptions.MaxBufferedBytes"/>.</summary>
    internal long BufferedBytes => _host.Messages.Taken;

    internal MethodTable Methods => _host.Methods;

    /// <summary>The OpenRPC document of the public methods, indented; the same as <c>rpc.discover</c> answers.</summary>
    public string DescribeInterface() => OpenRpcDocument.Text(_host.Methods, RpcScope.Public);

    /// <summary>Starts to serve a node.</summary>
    /// <param name="node">The node; it stays the caller's.</param>
    /// <param name="options">The listeners and limits; the defaults where null.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="RpcConfigurationException">An option is wrong, a port is taken, or the token file cannot be used.</exception>
    public static async Task<RpcServer> StartAsync(ChainNode node, RpcServerOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        options ??= new RpcServerOptions();
        options.Validate();
        AdminToken? token = options.Admin is { } admin ? AdminToken.ReadOrCreate(admin.TokenFile) : null;
        ILogger logger = options.Loggers.CreateLogger("Chain.Core.Rpc");
        var services = new RpcServices(
            node, new EventLog(node, options.EventLogCapacity), new SubmissionDesk(node), new SemaphoreSlim(options.HeavyCalls), new LiveOptions(options));
        var listeners = new List<ListenOptions>();
        KestrelServerOptions listening = DescribeKestrel(options, listeners);
        KestrelServer kestrel = CreateKestrel(listening, options);
        var server = new RpcServer(services, new RpcHost(services, logger, token), kestrel, listening);
        try
        {
            await kestrel.StartAsync(server._host, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            if (fault is IOException)
            {
                bool isAdmin = options.Admin is { } second && fault.Message.Contains($"//{second.Listen}:", StringComparison.Ordinal);
                (string name, IPEndPoint wanted) = isAdmin ? ("Admin.Listen", options.Admin!.Listen) : (nameof(options.Listen), options.Listen);
                throw new RpcConfigurationException($"Rpc:{name}: expected a free port, but {wanted} cannot be used: {fault.Message}", fault);
            }

            throw;
        }

        server.Url = UrlOf(listeners[0].IPEndPoint!);
        if (listeners.Count > 1)
        {
            server.AdminUrl = UrlOf(listeners[1].IPEndPoint!);
            server._host.AdminPort = listeners[1].IPEndPoint!.Port;
        }

        RpcLog.Started(logger, server.Url);
        return server;
    }

    /// <summary>
    /// Has the running server keep to other limits: allowed origins and hosts, bytes of requests and answers, size of batches,
    /// requests a second, streams, subscriptions, and the patience with slow clients and with the mempool. Every other value is
    /// passed over: it needs a new server. What is under way ends as it began; nobody is cut for a limit that was lowered.
    /// </summary>
    /// <param name="options">The limits.</param>
    /// <exception cref="RpcConfigurationException">A value is wrong; all stays as it is.</exception>
    public void ChangeLimits(RpcServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_changing)
        {
            _host.Change(options);
            _listening.Limits.MaxRequestBodySize = _host.Options.MaxRequestBytes;
        }
    }

    /// <summary>Stops to listen, ends every stream, and waits a moment for answers that are on their way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _host.Stopping.CancelAsync().ConfigureAwait(false);
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await _kestrel.StopAsync(patience.Token).ConfigureAwait(false);
        }

        _kestrel.Dispose();
        _services.Desk.Dispose();
        _services.Events.Dispose();
        _services.HeavyWork.Dispose();
        _host.Dispose();
    }

    private static KestrelServerOptions DescribeKestrel(RpcServerOptions options, List<ListenOptions> listeners)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections; // streams are counted by the host, whose limit can change
        limits.KeepAliveTimeout = options.IdleTimeout;
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.MaxRequestBodySize = options.MaxRequestBytes;
        limits.MaxResponseBufferSize = ResponseBufferBytes;
        limits.MaxRequestBufferSize = RequestBufferBytes;
        Listen(kestrel, options.Listen, listeners);
        if (options.Admin is { } admin)
        {
            Listen(kestrel, admin.Listen, listeners);
        }

        return kestrel;
    }

    private static KestrelServer CreateKestrel(KestrelServerOptions kestrel, RpcServerOptions options)
    {
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), options.Loggers);
        return new KestrelServer(Options.Create(kestrel), transport, options.Loggers);
    }

    private static void Listen(KestrelServerOptions kestrel, IPEndPoint endPoint, List<ListenOptions> listeners) =>
        kestrel.Listen(endPoint, listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            listeners.Add(listener);
        });

    private static Uri UrlOf(IPEndPoint endPoint) => new($"http://{endPoint}/");
}
