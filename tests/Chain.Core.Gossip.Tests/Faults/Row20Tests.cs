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
[Trait("Fault", "20")]
public sealed class Row20Tests
{
    private const int BlocksPerScene = 100;

    [Fact]
    public void Row20_MutatedBodies_OnlyTheTrueOnesAreHandedUpAndHonestPeersAreNotBlamed() =>
        Assert.Null(Play(Protections.All, LongRun.Count(2000, 100_000)).Fault());

    [Fact]
    public void Row20_Mutants_AreAllFound()
    {
        Protections[] mutants =
        [
            Protections.All with { ComparesRoots = false },
            Protections.All with { GivesUpStalled = false },
            Protections.All with { KeepsScores = false },
        ];

        IEnumerable<string> faults = mutants.Select(static mutant => Play(mutant, 300).Fault() ?? "none");

        Assert.Equal(["wrong bodies", "blocks missing", "mallory not blamed"], faults);
    }

    [Fact]
    public void Row20_CollisionsBetweenHonestNodes_AllHaveTheSameHeadAndNobodyIsBlamed()
    {
        TestNetwork network = Collide(Protections.All);

        Assert.All(network.Nodes, node => Assert.Equal((50UL, network.Nodes[0].Chain.Head.Id), (node.Chain.Head.Height.Value, node.Chain.Head.Id)));
        Assert.All(network.Nodes, node => Assert.Empty(node.Misbehaved));
    }

    [Fact]
    public void Row20_MutantThatBlamesForCollisions_BansHonestNodes() => Assert.Contains(
        Collide(Protections.All with { ForgivesCollisions = false }).Nodes,
        node => node.Misbehaved.Exists(misbehaved => misbehaved.Consequence == Consequence.Banned));

    /// <summary>Every third compact block arrives with short ids that stand for other transactions of the receiver's pool too.</summary>
    private static TestNetwork Collide(Protections protections)
    {
        var network = new TestNetwork(20);
        for (int i = 0; i < 8; i++)
        {
            network.Add($"node-{i}", Chains.Options with { Protections = protections }, i == 0 ? [] : [network.Nodes[0]]);
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
        return network;
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

        /// <summary>What did not hold; null where all did.</summary>
        public string? Fault() =>
            Collisions < Blocks / 50 ? "nothing tried"
            : WrongBodies > 0 ? "wrong bodies"
            : BlamedHonest > 0 ? "honest peers blamed"
            : Arrived < Blocks ? "blocks missing"
            : MostExtraTrips != 1 ? $"{MostExtraTrips} extra round trips"
            : BlamedMallory < Blocks / 50 ? "mallory not blamed"
            : null;
    }
}
