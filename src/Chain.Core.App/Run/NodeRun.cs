using Chain.Core.App.Errors;
using Chain.Core.App.Log;
using Chain.Core.App.Metrics;
using Chain.Core.App.Tracing;
using Chain.Core.Protocol;
using Chain.Core.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Run;

/// <summary>A node with its servers in one host, from start to stop.</summary>
internal sealed class NodeRun : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ConfigWatcher _watcher;
    private readonly UnobservedFaults _unobserved;
    private readonly ILogger _logger;

    private NodeRun(IHost host, ChainNode node, ConfigWatcher watcher, ILogger logger)
    {
        _host = host;
        Node = node;
        _watcher = watcher;
        _logger = logger;
        _unobserved = new UnobservedFaults(fault => RunLog.Unobserved(logger, fault.GetType().Name, fault));
    }

    public ChainNode Node { get; }

    public Uri? RpcUrl { get; private set; }

    public Uri? MetricsUrl => _host.Services.GetService<MetricsServer>()?.Url;

    /// <summary>Starts everything; when this returns, all servers listen.</summary>
    /// <exception cref="Exception">What kept the node or a server from starting; everything has stopped again.</exception>
    public static async Task<NodeRun> StartAsync(NodePlan plan, VerbScope scope, IReadOnlyList<string> assignments, CancellationToken cancellation)
    {
        var log = new TerminalLoggerProvider(scope.Terminal.Errors, plan.Settings.Logging.Format, TimeProvider.System) { Least = plan.Settings.Logging.Level };
        IHost host = Build(plan, log);
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Chain.Core.App");
        try
        {
            await host.StartAsync(cancellation).ConfigureAwait(false);
            ChainNode node = await host.Services.GetRequiredService<ChainNodeService>().Node.WaitAsync(cancellation).ConfigureAwait(false);
            RpcServer? rpc = plan.Settings.Rpc.Enabled
                ? await host.Services.GetRequiredService<RpcServerService>().Server.WaitAsync(cancellation).ConfigureAwait(false)
                : null;
            if (plan.Key is { } key)
            {
                RequireToSign(node);
                RunLog.Votes(logger, Convert.ToHexStringLower(key.Key.PublicKey.Span));
            }

            var watcher = new ConfigWatcher(plan, scope, assignments, log, rpc, logger);
            return new NodeRun(host, node, watcher, logger) { RpcUrl = rpc?.Url };
        }
        catch
        {
            await StopAsync(host).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until somebody asks the node to stop, or its disk fails.</summary>
    /// <exception cref="Exception">The node has failed.</exception>
    public async Task UntilStoppedAsync(CancellationToken cancelled)
    {
        await Node.Stopped.WaitAsync(cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Node.Stopped.IsFaulted)
        {
            await Node.Stopped.ConfigureAwait(false);
        }

        RunLog.Stopping(_logger);
    }

    public async ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        await StopAsync(_host).ConfigureAwait(false);
        _unobserved.Dispose();
    }

    /// <summary>A validator that only follows, and says nothing, would be missed by everybody but its operator.</summary>
    private static void RequireToSign(ChainNode node)
    {
        if (node.SignerStanding != SignerStanding.Signs)
        {
            throw new UsageException(
                FaultCode.Signer,
                $"the node must not vote with this key ({node.SignerStanding})",
                "a key whose signatures this node knows",
                "restore keys/NAME.signed beside the key, or vouch with --signer-is-new that it has never signed");
        }
    }

    private static IHost Build(NodePlan plan, TerminalLoggerProvider log)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

        // What fails a start is told once, by its code, and not with a stack trace before.
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddMetrics();
        if (plan.Settings.Tracing is { PerMillion: > 0, Endpoint.Length: > 0 })
        {
            builder.Services.AddSingleton(plan.Settings.Tracing);
            builder.Services.AddHostedService<TraceExport>();
        }

        if (plan.Settings.Metrics.Enabled)
        {
            builder.Services.AddSingleton(plan.Settings.Metrics);
            builder.Services.AddSingleton<MetricsServer>();
            builder.Services.AddHostedService(static provider => provider.GetRequiredService<MetricsServer>());
        }

        builder.Services.AddChainNode(plan.Describe);
        if (plan.RpcOptions() is { } rpc)
        {
            builder.Services.AddChainRpc(rpc);
        }

        return builder.Build();
    }

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }
}
