using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;

namespace Chain.Core.Rpc;

/// <summary>What Kestrel gives requests to: who may ask is decided here, then the request goes where its path says.</summary>
internal sealed class RpcHost : IHttpApplication<HttpContext>, IDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly ILogger _logger;
    private readonly RpcGate _gate;
    private readonly RpcEndpoint _rpc;
    private readonly EventEndpoint _events;
    private readonly HealthEndpoint _health;
    private readonly ExplorerEndpoint? _explorer;
    private readonly WebSocketMiddleware _webSockets;
    private readonly ClientAllowances _allowances;
    private readonly LiveOptions _live;
    private readonly AdminToken? _token;

    public RpcHost(RpcServices services, ILogger logger, AdminToken? token)
    {
        _live = services.Live;
        _logger = logger;
        _token = token;
        Streams = new StreamSlots(_live);
        Messages = new MessageMemory(_live);
        _allowances = new ClientAllowances(Options.RequestsPerSecond);
        _gate = new RpcGate(_live);
        Methods = AllMethods.Of(services);
        _rpc = new RpcEndpoint(new RpcDispatcher(Methods, _live, Messages, logger), this);
        _events = new EventEndpoint(services, this);
        _health = new HealthEndpoint(services.Node, this);
        _explorer = Options.ServesExplorer ? new ExplorerEndpoint(this) : null;
        _webSockets = new WebSocketMiddleware(
            _rpc.ServeSocketAsync,
            Microsoft.Extensions.Options.Options.Create(new WebSocketOptions { KeepAliveInterval = Options.Heartbeat, KeepAliveTimeout = Options.SlowClientTimeout }),
            Options.Loggers);
    }

    /// <summary>The limits of now.</summary>
    public RpcServerOptions Options => _live.Current;

    public MethodTable Methods { get; }

    public BufferPool Buffers { get; } = new(64);

    /// <summary>Places for connections that stay.</summary>
    public StreamSlots Streams { get; }

    /// <summary>Room for messages that are not small.</summary>
    public MessageMemory Messages { get; }

    /// <summary>The port of the listener for administration, once it is known.</summary>
    public int AdminPort { get; set; }

    /// <summary>Ends with the server.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    /// <summary>Other limits from now on.</summary>
    /// <exception cref="RpcConfigurationException">A value is wrong; all stays as it is.</exception>
    public void Change(RpcServerOptions options)
    {
        int before = Options.RequestsPerSecond;
        _live.Change(options);
        if (Options.RequestsPerSecond != before)
        {
            _allowances.Change(Options.RequestsPerSecond);
        }
    }

    /// <summary>The requests of a connection, one after another, have one context: nothing holds on to it when its request is answered.</summary>
    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<HttpContext> connection)
        {
            return new DefaultHttpContext(contextFeatures);
        }

        if (connection.HostContext is DefaultHttpContext used)
        {
            used.Initialize(contextFeatures);
            return used;
        }

        return connection.HostContext = new DefaultHttpContext(contextFeatures);
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        if (exception is not null and not (OperationCanceledException or IOException or BadHttpRequestException))
        {
            OnFault(context.Request.Path.Value ?? "/", exception);
        }

        ((DefaultHttpContext)context).Uninitialize();
    }

    public Task ProcessRequestAsync(HttpContext context)
    {
        if (_gate.FindObjection(context.Request) is { } objection)
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, objection);
        }

        _gate.AllowPage(context);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        bool isAdmin = AdminPort != 0 && context.Connection.LocalPort == AdminPort;
        if (isAdmin && _token?.IsIn(context.Request.Headers.Authorization) != true)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, ErrorKinds.Unauthorized);
        }

        return RouteAsync(context);
    }

    /// <summary>Who asks, with its allowance.</summary>
    public RpcCaller CallerOf(HttpContext context, RpcSession? session = null)
    {
        bool isAdmin = AdminPort != 0 && context.Connection.LocalPort == AdminPort;
        return new RpcCaller(isAdmin ? RpcScope.Admin : RpcScope.Public, context.Connection.RemoteIpAddress, _allowances, session);
    }

    /// <summary>Answers with an error beside a status of HTTP.</summary>
    public async Task RefuseAsync(HttpContext context, int status, RpcError error)
    {
        context.Response.StatusCode = status;
        ResponseBuffer buffer = Buffers.Get();
        try
        {
            RpcDispatcher.WriteError(buffer, default, error);
            await SendAsync(context, buffer.Written, RpcEndpoint.JsonType).ConfigureAwait(false);
        }
        finally
        {
            Buffers.Return(buffer);
        }
    }

    /// <summary>Sends a whole answer; a client that does not take it is cut.</summary>
    public async ValueTask SendAsync(HttpContext context, ReadOnlyMemory<byte> content, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        for (ReadOnlyMemory<byte> left = content; !left.IsEmpty;)
        {
            // In pieces: who reads, if slowly, is not cut in the middle of a long answer.
            ReadOnlyMemory<byte> piece = left[..int.Min(left.Length, PieceBytes)];
            left = left[piece.Length..];
            ValueTask<FlushResult> sending = context.Response.BodyWriter.WriteAsync(piece, context.RequestAborted);
            if (!sending.IsCompletedSuccessfully)
            {
                await AwaitReaderAsync(context, sending.AsTask()).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until the client has taken what was sent, or cuts it.</summary>
    public async Task AwaitReaderAsync(HttpContext context, Task sending)
    {
        try
        {
            await sending.WaitAsync(Options.SlowClientTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            OnCut("it left what was sent to it unread");
            context.Abort();
            throw new OperationCanceledException();
        }
    }

    public void OnFault(string where, Exception fault) => RpcLog.Failed(_logger, where, fault);

    public void OnCut(string reason) => RpcLog.Cut(_logger, reason);

    public void Dispose()
    {
        _allowances.Dispose();
        Stopping.Dispose();
    }

    private Task RouteAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        bool isGet = HttpMethods.IsGet(context.Request.Method);
        if (path == "/")
        {
            return HttpMethods.IsPost(context.Request.Method) ? _rpc.ServePostAsync(context)
                : isGet ? _webSockets.Invoke(context)
                : RefuseMethod(context, "GET, POST, OPTIONS");
        }

        Func<HttpContext, Task>? handler = path switch
        {
            "/v1/events" => _events.ServeAsync,
            "/health/live" => _health.ServeLiveAsync,
            "/health/ready" => _health.ServeReadyAsync,
            _ when _explorer is not null && ExplorerEndpoint.Owns(path) => _explorer.ServeAsync,
            _ => null,
        };
        if (handler is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return isGet ? handler(context) : RefuseMethod(context, "GET, OPTIONS");
    }

    private static Task RefuseMethod(HttpContext context, string allowed)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = allowed;
        return Task.CompletedTask;
    }
}
