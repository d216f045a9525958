using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Core.Rpc;

/// <summary>Serves the host's node for as long as the host runs.</summary>
public sealed class RpcServerService : BackgroundService
{
    private readonly RpcServerOptions _options;
    private readonly ChainNodeService _node;
    private readonly ILoggerFactory _loggers;
    private readonly TaskCompletionSource<RpcServer> _server = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Made by the host's services; see <c>AddChainRpc</c>.</summary>
    public RpcServerService(RpcServerOptions options, ChainNodeService node, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(loggers);
        _options = options;
        _node = node;
        _loggers = loggers;
    }

    /// <summary>The server, once it listens; faulted where it cannot.</summary>
    public Task<RpcServer> Server => _server.Task;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        RpcServer server;
        try
        {
            ChainNode node = await _node.Node.WaitAsync(stoppingToken).ConfigureAwait(false);
            server = await RpcServer.StartAsync(node, _options with { Loggers = _loggers }, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _server.TrySetException(failure);
            throw;
        }

        await using (server.ConfigureAwait(false))
        {
            _server.TrySetResult(server);
            await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
