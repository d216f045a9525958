using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Network;

public sealed class SpreadTests
{
    [Fact]
    public void Network_OneSeedAddress_TwentyNodesFindEachOther()
    {
        TestNetwork network = Of(20);

        Assert.All(network.Nodes, node => Assert.True(node.Ready >= 8, $"{node.Name} has {node.Ready} peers."));
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
    }

    [Fact]
    public void Transaction_SubmittedAtOneOfTwenty_ReachesAllOnce()
    {
        TestNetwork network = Of(20);
        Transaction[] transactions = [.. Enumerable.Range(0, 50).Select(i => Chains.Transaction((ulong)i))];

        for (int i = 0; i < transactions.Length; i++)
        {
            network.Submit(network.Nodes[i % 20], transactions[i]);
        }

        TimeSpan? took = network.RunUntil(() => network.Nodes.All(n => n.Chain.Transactions == 50), TimeSpan.FromSeconds(5));
        Assert.NotNull(took);
        Assert.All(network.Nodes, node => Assert.Equal(0, node.Chain.Repeats));
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
    }

    [Fact]
    public void Transaction_SubmittedBeforeAnyPeer_ReachesThoseThatConnectLater()
    {
        var network = new TestNetwork(3);
        TestNode alice = network.Add("alice");
        network.Submit(alice, Chains.Transaction(1));
        network.Run(TimeSpan.FromMinutes(1));

        TestNode bob = network.Add("bob", null, alice);

        Assert.NotNull(network.RunUntil(() => bob.Chain.Transactions == 1, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Block_MinedAtOneOfTwenty_ReachesAllOnce()
    {
        TestNetwork network = Of(20);
        List<Block> blocks = Chains.BlocksAfter(Chains.Genesis, 20);

        for (int i = 0; i < blocks.Count; i++)
        {
            network.Mine(network.Nodes[i], [blocks[i]]);
            Assert.NotNull(network.RunUntil(
                () => network.Nodes.All(n => n.Chain.Head.Id == blocks[i].Id), TimeSpan.FromSeconds(2)));
        }

        Assert.All(network.Nodes, node => Assert.Equal(0, node.Chain.Repeats));
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
    }

    [Fact]
    public void Fork_OneBranchGrowsLonger_AllFollowIt()
    {
        TestNetwork network = Of(6);
        List<Block> shorter = Chains.BlocksAfter(Chains.Genesis, 10, fork: 1);
        List<Block> longer = Chains.BlocksAfter(Chains.Genesis, 40, fork: 2);
        network.Mine(network.Nodes[1], shorter);
        network.Run(TimeSpan.FromSeconds(2));
        Assert.All(network.Nodes, node => Assert.Equal(shorter[^1].Id, node.Chain.Head.Id));

        network.Mine(network.Nodes[4], longer);

        Assert.NotNull(network.RunUntil(
            () => network.Nodes.All(n => n.Chain.Head.Id == longer[^1].Id), TimeSpan.FromSeconds(5)));
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
    }

    [Fact]
    public void CatchUp_NewNodeTwoThousandBlocksBehind_FetchesHeadersThenBodiesOnce()
    {
        TestNetwork network = Of(5);
        List<Block> blocks = Chains.BlocksAfter(Chains.Genesis, 2000);
        foreach (TestNode node in network.Nodes)
        {
            network.Mine(node, blocks);
        }

        network.Run(TimeSpan.FromSeconds(5));
        TestNode zoe = network.Add("zoe", null, network.Nodes[0], network.Nodes[1]);

        Assert.NotNull(network.RunUntil(() => zoe.Chain.Head.Id == blocks[^1].Id, TimeSpan.FromSeconds(60)));
        Assert.Equal(0, zoe.Chain.Repeats);
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
    }

    [Fact]
    public void Network_SameSeedTwice_SameCourse()
    {
        (long, int, string) first = Course(11);

        Assert.Equal(first, Course(11));
        Assert.NotEqual(first, Course(12));
    }

    private static (long Delivered, int Links, string Sent) Course(ulong seed)
    {
        TestNetwork network = Of(12, seed);
        network.Submit(network.Nodes[3], Chains.Transaction(1));
        network.Mine(network.Nodes[5], Chains.BlocksAfter(Chains.Genesis, 30));
        network.Run(TimeSpan.FromSeconds(20));
        return (network.Delivered, network.Links, string.Join(' ', network.Nodes.Select(n => n.Sent)));
    }

    private static TestNetwork Of(int count, ulong seed = 1)
    {
        var network = new TestNetwork(seed);
        for (int i = 0; i < count; i++)
        {
            network.Add($"node-{i}", null, i == 0 ? [] : [network.Nodes[0]]);
        }

        network.Run(TimeSpan.FromSeconds(90));
        return network;
    }
}
