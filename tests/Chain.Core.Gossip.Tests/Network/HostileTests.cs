using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Network;

/// <summary>Rows 13, 18 and 19 of the list of faults, between machines.</summary>
public sealed class HostileTests
{
    [Fact]
    [Trait("Fault", "19")]
    public void Row19_SevenOfEightPeersStallASync_AtLeastHalfOfTheCleanRate()
    {
        const int Count = 20_000;
        List<Block> blocks = Chains.BlocksAfter(Chains.Genesis, Count);

        TimeSpan? clean = TimeToSync(blocks, stalling: 0, Protections.All);
        TimeSpan? stalled = TimeToSync(blocks, stalling: 7, Protections.All);

        Assert.True(stalled <= clean * 2, $"{Count} blocks took {clean} with eight good peers, {stalled} with one.");
    }

    [Fact]
    [Trait("Fault", "19")]
    public void Row19_MutantThatWaitsForStalledPeers_NeverEnds()
    {
        List<Block> blocks = Chains.BlocksAfter(Chains.Genesis, 2000);

        Assert.NotNull(TimeToSync(blocks, stalling: 7, Protections.All));
        Assert.Null(TimeToSync(blocks, stalling: 7, Protections.All with { GivesUpStalled = false }));
    }

    [Fact]
    [Trait("Fault", "13")]
    public void Row13_LossyDay_LostMessagesAndBrokenLinks_NobodyIsBannedAndAllAgree()
    {
        int hours = LongRun.Count(ordinary: 6, perFactor: 24);
        var network = new TestNetwork(5);
        for (int i = 0; i < 8; i++)
        {
            network.Add($"node-{i}", null, i == 0 ? [] : [network.Nodes[0]]);
        }

        network.Loses = (_, _, _) => network.Random.NextBelow(100) < 3;
        Block tip = Chains.Genesis;
        ulong nonce = 0;
        for (int minute = 0; minute < hours * 60; minute++)
        {
            network.Run(TimeSpan.FromSeconds(30));
            network.Submit(network.Nodes[network.Random.NextIndex(8)], Chains.Transaction(++nonce));
            network.Run(TimeSpan.FromSeconds(30));
            TestNode miner = network.Nodes[network.Random.NextIndex(8)];
            tip = Chains.BlockOn(miner.Chain.Head, (uint)minute);
            network.Mine(miner, [tip]);
            if (minute % 10 == 0)
            {
                network.BreakALink();
            }
        }

        network.Loses = (_, _, _) => false;
        network.Run(TimeSpan.FromMinutes(2));
        network.Mine(network.Nodes[0], Chains.BlocksAfter(tip, 2));

        Assert.NotNull(network.RunUntil(
            () => network.Nodes.All(n => n.Chain.Head.Id == network.Nodes[0].Chain.Head.Id), TimeSpan.FromMinutes(2)));
        Assert.All(network.Nodes, node => Assert.DoesNotContain(node.Misbehaved, m => m.Consequence == Consequence.Banned));
        Assert.All(network.Nodes, node => Assert.True(
            node.Chain.Transactions >= (int)nonce * 95 / 100, $"{node.Name} has {node.Chain.Transactions} of {nonce}."));
    }

    [Fact]
    [Trait("Fault", "18")]
    public void Row18_StormOfDuplicates_NothingIsDoneTwiceAndLittleIsReceivedInVain()
    {
        (TestNetwork network, double perUseful) = Storm(Protections.All);
        TestNode mallory = network.Nodes[9];

        Assert.All(network.Nodes[..9], node => Assert.Equal(500, node.Chain.Transactions));
        Assert.All(network.Nodes, node => Assert.Equal(0, node.Chain.Repeats));
        Assert.True(perUseful <= 2, $"{perUseful} bytes were received for a useful one.");
        Assert.All(network.Nodes[..9], node => Assert.All(node.Misbehaved, m => Assert.Equal(mallory.Id, m.Connection.Peer)));
        Assert.Contains(network.Nodes[..9], node => node.Misbehaved.Any(m => m.Consequence == Consequence.Banned));
    }

    [Fact]
    [Trait("Fault", "18")]
    public void Row18_MutantWithoutDuplicateSuppression_DoesThingsTwice()
    {
        (TestNetwork network, _) = Storm(Protections.All with { RefusesDuplicates = false, KeepsScores = false });

        Assert.Contains(network.Nodes, node => node.Chain.Repeats > 0);
    }

    private static (TestNetwork Network, double BytesPerUseful) Storm(Protections protections)
    {
        var network = new TestNetwork(9);
        for (int i = 0; i < 10; i++)
        {
            network.Add($"node-{i}", Chains.Options with { Protections = protections }, i == 0 ? [] : [network.Nodes[0]]);
        }

        network.Run(TimeSpan.FromSeconds(60));
        TestNode mallory = network.Nodes[9];
        long received = 0;
        network.Watch = (to, message) => received += to == mallory ? 0 : PeerMessageCodec.Encode(message).Length;
        network.Copies = from => from == mallory ? 4 : 1;
        Transaction[] transactions = [.. Enumerable.Range(0, 500).Select(i => Chains.Transaction((ulong)i, 300))];
        for (int i = 0; i < transactions.Length; i++)
        {
            network.Submit(network.Nodes[i % 9], transactions[i]);
            network.Run(TimeSpan.FromMilliseconds(20));
        }

        network.Run(TimeSpan.FromSeconds(5));
        return (network, received / (transactions.Sum(transaction => (double)transaction.Encoded.Length) * 8));
    }

    /// <summary>How long a new node takes for the blocks; null where that is more than ten minutes.</summary>
    private static TimeSpan? TimeToSync(List<Block> blocks, int stalling, Protections protections)
    {
        var network = new TestNetwork(21);
        TestNode[] servers = [.. Enumerable.Range(0, 8).Select(i => network.Add($"server-{i}"))];
        foreach (TestNode server in servers)
        {
            network.Mine(server, blocks);
        }

        network.Loses = (from, _, message) =>
            Array.IndexOf(servers, from, 0, stalling) >= 0 && message is (PeerMessage.DeliverBlock or PeerMessage.Headers);
        TestNode zoe = network.Add("zoe", Chains.Options with { Protections = protections }, servers);
        TimeSpan? took = network.RunUntil(() => zoe.Chain.Head.Id == blocks[^1].Id, TimeSpan.FromMinutes(10));
        Assert.All(zoe.Misbehaved, misbehaved => Assert.Equal(Consequence.Cut, misbehaved.Consequence));
        return took;
    }
}
