using System.Diagnostics.Metrics;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Wire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chain.Core;

/// <summary>Runs a node for as long as its host runs, and stops the host where the node's disk fails.</summary>
public sealed class ChainNodeService : BackgroundService
{
    private readonly ChainNodeBuilder _builder;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<ChainNodeService> _logger;
    private readonly IMeterFactory? _meters;
    private readonly TaskCompletionSource<ChainNode> _node = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Made by the host's services; see <c>AddChainNode</c>.</summary>
    public ChainNodeService(
        ChainNodeBuilder builder, IHostApplicationLifetime lifetime, ILogger<ChainNodeService> logger, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _builder = builder;
        _lifetime = lifetime;
        _logger = logger;
        _meters = meters;
    }

    /// <summary>The node, once it has started; faulted where it could not.</summary>
    public Task<ChainNode> Node => _node.Task;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ChainNode node;
        try
        {
            node = await StartAsync(_builder.BuildOptions(_builder.BuildChain(), _meters), stoppingToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _node.TrySetException(failure);
            throw;
        }

        await using (node.ConfigureAwait(false))
        {
            NodeLog.Started(_logger, node.Head.Height.Value, node.Chain.Name, node.ListenEndPoint?.ToString() ?? "nowhere");
            using IDisposable subscription = node.Subscribe(happened => Log(node, happened));
            _node.TrySetResult(node);
            await RunUntilStoppedAsync(node, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts the node, which owns the store from then on; one that does not start leaves it open.</summary>
    private static async Task<ChainNode> StartAsync(ChainNodeOptions options, CancellationToken cancellation)
    {
        try
        {
            return await ChainNode.StartAsync(options, cancellation).ConfigureAwait(false);
        }
        catch
        {
            options.Store.Dispose();
            throw;
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

    private void Log(ChainNode node, NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.HeadMoved moved:
                LogHead(node, moved);
                break;
            case NodeEvent.BlockRefused refused:
                NodeLog.BlockRefused(_logger, refused.Block.ToString(), refused.Reason);
                break;
            case NodeEvent.StateDiverged diverged:
                LogDivergence(diverged.Found);
                break;
            case NodeEvent.PoolRead read:
                NodeLog.PoolRead(_logger, read.Read, read.Damaged);
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerMisbehaved { Consequence: Consequence.Banned } banned }:
                NodeLog.PeerBanned(_logger, banned.Connection.Peer.ToString(), banned.Connection.Remote.ToString(), banned.Cause);
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerReady ready }:
                NodeLog.PeerReady(_logger, ready.Connection.Peer.ToString(), ready.Connection.Remote.ToString());
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerGone gone }:
                NodeLog.PeerGone(_logger, gone.Connection.Peer.ToString(), gone.Reason);
                break;
        }
    }

    private void LogDivergence(MismatchExplained found)
    {
        Block block = found.Mismatch.Block;
        string root = found.Mismatch.StateRoot.ToString();
        string claimed = block.Header.Fields.StateRoot.ToString();
        string module = found.Divergence?.Module ?? "unknown";
        string key = found.Divergence is { } divergence ? Hex(divergence.Key) : "unknown";
        string first = found.Divergence?.First is { } one ? Hex(one) : "not set";
        string second = found.Divergence?.Second is { } other ? Hex(other) : "not set";
        if (!found.IsRepeatable)
        {
            string writer = found.Writer is { } id ? $"written by transaction 0x{id.Value}" : "written by no transaction";
            NodeLog.NotRepeatable(
                _logger, block.Height.Value, block.Id.ToString(), module, key, first, second, writer, root, found.Again.ToString(), claimed);
        }
        else if (found.Divergence is not null)
        {
            NodeLog.PartsFromPeer(
                _logger, block.Height.Value, block.Id.ToString(), module, key, first, second, DescribeWriter(found), root, claimed);
        }
        else
        {
            NodeLog.ExecutesOtherwise(_logger, block.Height.Value, block.Id.ToString(), root, claimed, Describe(found.Other));
        }
    }

    private static string DescribeWriter(MismatchExplained found) => found switch
    {
        { Writer: { } id } => $"written by transaction 0x{id.Value}",
        { IsWrittenHere: true } => "written at the end of the block",
        { Mismatch.Block.Transactions.Count: 0 } => "not written here, and there at the end of the block, which has no transactions",
        _ => $"not written here, and there by one of the block's transactions ({found.Mismatch.Block.Transactions.Count}) or at its end",
    };

    private static string Describe(OtherChanges other) => other switch
    {
        OtherChanges.NoAnswer => "a peer that was asked what the block changes there did not answer",
        OtherChanges.NotKept => "the peer that was asked what the block changes there does not have it",
        OtherChanges.TooMany => "what the block changes is too much for a peer to tell",
        OtherChanges.Unproven => "what a peer told of its changes does not lead to that state, so that it proves nothing",
        _ => "no peer could be asked what the block changes there",
    };

    private static string Hex(ReadOnlyMemory<byte> bytes) => $"0x{Convert.ToHexStringLower(bytes.Span)}";

    private void LogHead(ChainNode node, NodeEvent.HeadMoved moved)
    {
        if (_logger.IsEnabled(LogLevel.Information))
        {
            int transactions = moved.Applied.Sum(static block => block.Transactions.Count);
            NodeLog.HeadMoved(
                _logger, moved.Head.Height.Value, moved.Head.Id.ToString(), transactions, moved.Applied.Count, moved.Unapplied.Count, node.PeerCount);
        }
    }
}
