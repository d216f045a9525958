using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Several nodes of one chain in this process, over TCP on 127.0.0.1, each dialling some of those before it.</summary>
internal sealed class Nodes
{
    private readonly ChainNode[] _nodes;

    private Nodes(ChainNode[] nodes) => _nodes = nodes;

    public IReadOnlyList<ChainNode> All => _nodes;

    /// <summary>Starts them; returns when each has all its peers.</summary>
    public static Nodes Start(
        ChainDefinition chain,
        int count,
        int dials,
        bool firstProduces,
        Func<int, IKeyValueStore> store,
        Func<int, ChainNodeOptions, ChainNodeOptions>? change = null)
    {
        var nodes = new ChainNode[count];
        for (int i = 0; i < count; i++)
        {
            var options = new ChainNodeOptions
            {
                Chain = chain,
                Store = store(i),
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Connect = [.. nodes[Math.Max(0, i - dials)..i].Select(static node => PeerAddress.From(IPAddress.Loopback, node.ListenEndPoint!.Port))],
                Engine = new EngineOptions { ProducesBlocks = firstProduces && i == 0 },
                JobThreads = 1,
                Gossip = static options => options with { Peers = options.Peers with { AddressSample = 0 } },
            };
            nodes[i] = ChainNode.StartAsync(change?.Invoke(i, options) ?? options).GetAwaiter().GetResult();
        }

        int connections = Enumerable.Range(0, count).Sum(i => Math.Min(i, dials));
        SpinWait.SpinUntil(() => nodes.Sum(static node => node.PeerCount) == 2 * connections);
        return new Nodes(nodes);
    }
}
