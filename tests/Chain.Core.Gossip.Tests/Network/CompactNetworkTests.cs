using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Gossip.Tests.Relay.Compact;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Network;

/// <summary>Blocks between machines by each form of relay.</summary>
public sealed class CompactNetworkTests
{
    private const int Nodes = 12;
    private const int Blocks = 20;
    private const int PerBlock = 100;

    [Fact]
    public void Relay_TransactionsKnownToAll_TakesATenthOfTheBytesAndAQuarterWithPushes()
    {
        (long whole, _) = BytesPerBlock(_ => BlockRelay.Announce);
        (long compact, int lacking) = BytesPerBlock(_ => BlockRelay.Compact);
        (long pushed, _) = BytesPerBlock(_ => BlockRelay.CompactPush);

        Assert.True(compact * 10 < whole, $"{compact} bytes a block, {whole} whole.");
        Assert.True(pushed * 4 < whole, $"{pushed} bytes a block, {whole} whole.");
        Assert.Equal(0, lacking);
    }

    [Fact]
    public void Relay_PeersOfBothKinds_AllHaveTheSameHead()
    {
        (long whole, _) = BytesPerBlock(_ => BlockRelay.Announce);
        (long mixed, _) = BytesPerBlock(node => node % 2 == 0 ? BlockRelay.Announce : BlockRelay.CompactPush);
        Assert.True(mixed < whole, $"{mixed} bytes a block, {whole} whole.");
    }

    [Fact]
    public void Relay_TransactionsKnownToTheMakerAlone_CostOneRequestForEachPeer()
    {
        (_, int requests) = BytesPerBlock(_ => BlockRelay.CompactPush, isKnown: false);
        Assert.InRange(requests, Blocks, Blocks * (Nodes - 1));
    }

    /// <summary>Bytes of all messages about blocks, and how often a node lacked transactions.</summary>
    private static (long Bytes, int Requests) BytesPerBlock(Func<int, BlockRelay> relay, bool isKnown = true)
    {
        var network = new TestNetwork(12);
        for (int i = 0; i < Nodes; i++)
        {
            GossipOptions options = Chains.Options with { Relay = new RelayOptions { Blocks = relay(i), PushPeers = 3 } };
            network.Add($"node-{i}", options, i == 0 ? [] : [network.Nodes[0]]);
        }

        network.Run(TimeSpan.FromMinutes(1));
        Transaction[] pool = CompactBlocks.Transactions(Blocks * PerBlock);
        foreach (TestNode node in isKnown ? network.Nodes : [])
        {
            Array.ForEach(pool, transaction => node.Chain.Add(transaction));
        }

        long bytes = 0;
        int requests = 0;
        network.Watch = (_, message) =>
        {
            bytes += IsAboutBlocks(message.Kind) ? PeerMessageCodec.Encode(message).Length : 0;
            requests += message is PeerMessage.GetBlockTransactions ? 1 : 0;
        };
        for (int i = 0; i < Blocks; i++)
        {
            TestNode miner = network.Nodes[5 * i % Nodes];
            network.Mine(miner, [Chains.BlockOn(miner.Chain.Head, 0, pool[(i * PerBlock)..((i + 1) * PerBlock)])]);
            network.Run(TimeSpan.FromSeconds(2));
        }

        Assert.All(network.Nodes, node => Assert.Equal((ulong)Blocks, node.Chain.Head.Height.Value));
        Assert.Single(network.Nodes.Select(node => node.Chain.Head.Id).Distinct());
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
        return (bytes / Blocks, requests);
    }

    private static bool IsAboutBlocks(MessageKind kind) => kind
        is MessageKind.AnnounceBlocks or MessageKind.RequestBlocks or MessageKind.DeliverBlock
        or MessageKind.CompactBlock or MessageKind.GetBlockTransactions or MessageKind.BlockTransactions
        or MessageKind.GetCompactBlock or MessageKind.PushCompactBlocks;
}
