using Chain.Core.Gossip;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Core;

/// <summary>Runs a node for as long as its host runs, and stops the host where the node's disk fails.</summary>
public sealed class ChainNodeService : BackgroundService
{
    private readonly ChainNodeBuilder _builder;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<ChainNodeService> _logger;
    private readonly TaskCompletionSource<ChainNode> _node = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Made by the host's services; see <c>AddChainNode</c>.</summary>
    public ChainNodeService(ChainNodeBuilder builder, IHostApplicationLifetime lifetime, ILogger<ChainNodeService> logger)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _builder = builder;
        _lifetime = lifetime;
        _logger = logger;
    }

    /// <summary>The node, once it has started; faulted where it could not.</summary>
    public Task<ChainNode> Node => _node.Task;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ChainNode node;
        try
        {
            node = await ChainNode.StartAsync(_builder.BuildOptions(_builder.BuildChain()), stoppingToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _node.TrySetException(failure);
            throw;
        }

        await using (node.ConfigureAwait(false))
        {
            NodeLog.Started(_logger, node.Head.Height.Value, node.Chain.Name, node.ListenEndPoint?.ToString() ?? "nowhere");
            using IDisposable subscription = node.Subscribe(Log);
            _node.TrySetResult(node);
            await RunUntilStoppedAsync(node, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task RunUntilStoppedAsync(ChainNode node, CancellationToken stoppingToken)
    {
        try
        {
            await node.Stopped.WaitAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            NodeLog.Failed(_logger, fault);
            _lifetime.StopApplication();
        }
    }

    private void Log(NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.HeadMoved moved:
                int transactions = moved.Applied.Count == 0 ? 0 : moved.Applied[^1].Transactions.Count;
                NodeLog.HeadMoved(_logger, moved.Head.Height.Value, moved.Head.Id.ToString(), transactions, moved.Unapplied.Count);
                break;
            case NodeEvent.BlockRefused refused:
                NodeLog.BlockRefused(_logger, refused.Block.ToString(), refused.Reason);
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerReady ready }:
                NodeLog.PeerReady(_logger, ready.Connection.Peer.ToString(), ready.Connection.Remote.ToString());
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerGone gone }:
                NodeLog.PeerGone(_logger, gone.Connection.Peer.ToString(), gone.Reason);
                break;
        }
    }
}
