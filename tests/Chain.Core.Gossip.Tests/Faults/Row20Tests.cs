using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Gossip.Tests.Relay.Compact;
using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Faults;

/// <summary>
/// Row 20 of the list of faults: compact blocks whose short ids collide, whose places are wrong, whose bodies are mutated.
/// A valid block is marked invalid where another body than its own is handed up under its id.
/// </summary>
public sealed class Row20Tests
{
    private const int BlocksPerScene = 100;

    [Fact]
    public void Row20_MutatedBodies_OnlyTheTrueOnesAreHandedUpAndHonestPeersAreNotBlamed()
    {
        Outcome outcome = Play(Protections.All, LongRun.Count(2000, 100_000));

        Assert.Equal(0, outcome.WrongBodies);
        Assert.Equal(0, outcome.BlamedHonest);
        Assert.InRange(outcome.MostExtraTrips, 1, 1);
        Assert.Equal(outcome.Blocks, outcome.Arrived);
        Assert.InRange(outcome.Collisions, outcome.Blocks / 50, outcome.Blocks); // else nothing was tried
        Assert.InRange(outcome.BlamedMallory, outcome.Blocks / 50, outcome.Blocks * 2);
    }

    [Fact]
    public void Row20_MutantThatComparesNoRoots_HandsUpOtherBodies() =>
        Assert.NotEqual(0, Play(Protections.All with { ComparesRoots = false }, 300).WrongBodies);

    /// <summary>Every third compact block arrives with short ids that stand for other transactions of the receiver's pool too.</summary>
    [Fact]
    public void Row20_CollisionsBetweenHonestNodes_AllHaveTheSameHeadAndNobodyIsBlamed()
    {
        var network = new TestNetwork(20);
        for (int i = 0; i < 8; i++)
        {
            network.Add($"node-{i}", null, i == 0 ? [] : [network.Nodes[0]]);
        }

        network.Run(TimeSpan.FromSeconds(30));
        Transaction[] pool = CompactBlocks.Transactions(300);
        foreach (TestNode node in network.Nodes)
        {
            Array.ForEach(pool, transaction => node.Chain.Add(transaction));
        }

        int collisions = 0;
        network.Alters = (to, message) =>
        {
            if (message is not PeerMessage.CompactBlock { ShortIds.Length: > 0 } compact || network.Random.NextBelow(3) > 0)
            {
                return message;
            }

            collisions++;
            return CompactBlocks.Colliding(compact, network.Random.NextIndex(compact.ShortIds.Length / ShortIdKey.Size), pool[250 + network.Random.NextIndex(50)]);
        };
        for (int i = 0; i < 50; i++)
        {
            TestNode miner = network.Nodes[i % 8];
            network.Mine(miner, [Chains.BlockOn(miner.Chain.Head, (uint)i, pool[(5 * i)..(5 * i + 20 > 250 ? 250 : 5 * i + 20)])]);
            network.Run(TimeSpan.FromSeconds(2));
        }

        Assert.InRange(collisions, 50, int.MaxValue);
        Assert.All(network.Nodes, node => Assert.Equal((50UL, network.Nodes[0].Chain.Head.Id), (node.Chain.Head.Height.Value, node.Chain.Head.Id)));
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
    }

    private static Outcome Play(Protections protections, int blocks)
    {
        var outcome = new Outcome();
        var random = new DeterministicRandom(20);
        while (outcome.Blocks < blocks)
        {
            new MutatedBodies(protections, random, outcome).Play(int.Min(BlocksPerScene, blocks - outcome.Blocks));
        }

        return outcome;
    }

    internal sealed class Outcome
    {
        public int Blocks { get; set; }

        public int Arrived { get; set; }

        /// <summary>Compact blocks with a short id of another transaction that was at hand.</summary>
        public int Collisions { get; set; }

        public int WrongBodies { get; set; }

        public int BlamedHonest { get; set; }

        public int BlamedMallory { get; set; }

        /// <summary>Most requests that a compact block of an honest peer led to.</summary>
        public int MostExtraTrips { get; set; }
    }
}
