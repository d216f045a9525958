using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Faults;

/// <summary>
/// Row 18 of the list of faults, for blocks: what nodes receive, all messages counted, for each byte that was new to them, which
/// is each transaction once and each header once.
/// </summary>
[Trait("Fault", "18")]
public sealed class Row18Tests
{
    private const int Nodes = 10;
    private const int Blocks = 20;
    private const int PerBlock = 40;
    private const int TransactionBytes = 300;

    [Fact]
    public void Row18_PushedBlocksByDefault_AtMostTwoBytesForAUsefulOne()
    {
        double perUseful = BytesPerUseful(new RelayOptions());

        Assert.InRange(perUseful, 1, 2.0);
    }

    [Fact]
    public void Row18_MutantThatPushesAndFetchesWholeBlocks_TakesMore()
    {
        double perUseful = BytesPerUseful(new RelayOptions { Blocks = BlockRelay.Announce });

        Assert.True(perUseful > 2.0, $"{perUseful}");
    }

    /// <summary>Every block is delivered three times, as if nodes did not tell each other what they have.</summary>
    [Fact]
    public void Row18_MutantWithThreefoldBlocks_TakesMore()
    {
        double perUseful = BytesPerUseful(new RelayOptions { Blocks = BlockRelay.Announce }, copies: 3);

        Assert.True(perUseful > 3.0, $"{perUseful}");
    }

    private static double BytesPerUseful(RelayOptions relay, int copies = 1)
    {
        var network = new TestNetwork(18);
        for (int i = 0; i < Nodes; i++)
        {
            network.Add($"node-{i}", Chains.Options with { Relay = relay }, i == 0 ? [] : [network.Nodes[0]]);
        }

        network.Run(TimeSpan.FromMinutes(1));
        long received = 0;
        network.Watch = (_, message) => received += PeerMessageCodec.Encode(message).Length * (message is PeerMessage.DeliverBlock ? copies : 1);
        long useful = 0;
        ulong nonce = 0;
        for (int i = 0; i < Blocks; i++)
        {
            Transaction[] transactions = [.. Enumerable.Range(0, PerBlock).Select(_ => Chains.Transaction(++nonce, TransactionBytes))];
            for (int j = 0; j < PerBlock; j++)
            {
                network.Submit(network.Nodes[(i + j) % Nodes], transactions[j]);
                network.Run(TimeSpan.FromMilliseconds(40));
            }

            network.Run(TimeSpan.FromSeconds(1));
            TestNode miner = network.Nodes[7 * i % Nodes];
            Block block = Chains.BlockOn(miner.Chain.Head, 0, transactions);
            network.Mine(miner, [block]);
            useful += (Nodes - 1) * (transactions.Sum(each => (long)each.Encoded.Length) + block.Header.Encoded.Length);
        }

        network.Run(TimeSpan.FromSeconds(5));
        Assert.All(network.Nodes, node => Assert.Equal((ulong)Blocks, node.Chain.Head.Height.Value));
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
        return received / (double)useful;
    }
}
