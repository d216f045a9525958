using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Crashes, loss and partitions in the network of engines.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan Delta = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Leader_Dead_CostsOneTimeoutAndIsSkippedFastLater()
    {
        StakeNetwork network = Start(4);
        network.RunFor(TimeSpan.FromSeconds(2));
        StakeNode dead = network.Nodes[2];
        dead.Stop();

        network.RunFor(TimeSpan.FromSeconds(30));

        AssertLive(network, 30);
        int skipped = network.Nodes[0].Activities.Count(activity => activity.Name == "leader-skipped");
        Assert.True(skipped > 5, $"{skipped} skips");

        // A skipped view costs the nullify votes: one delay. 30 s without skipping would have far fewer blocks.
        Assert.True(network.Nodes[0].Finalized[^1].Height.Value > 90, $"{network.Nodes[0].Finalized[^1].Height}");
    }

    [Fact]
    public void Node_RestartedAfterManyViews_CatchesUpFromCertificates()
    {
        StakeNetwork network = Start(4);
        network.RunFor(TimeSpan.FromSeconds(1));
        network.Nodes[1].Stop();
        network.RunFor(TimeSpan.FromSeconds(400));
        BlockHeight before = network.Nodes[0].Finalized[^1].Height;
        Assert.True(before.Value > 1000);

        network.Nodes[1].Start();

        Assert.True(network.RunUntil(() => network.Nodes[1].Tree.Finalized.Height >= before, TimeSpan.FromSeconds(5)));
        AssertLive(network, 5);
    }

    [Fact]
    public void Partition_WithoutQuorum_StopsAndHealsWithinFewTimeouts()
    {
        StakeNetwork network = Start(4);
        network.RunFor(TimeSpan.FromSeconds(2));
        bool cut = true;
        network.Link = (from, to, _) => cut && (from.Index < 2) != (to.Index < 2) ? null : Delta;
        network.BlockLink = (from, to, _) => cut && (from.Index < 2) != (to.Index < 2) ? null : Delta;
        network.RunFor(TimeSpan.FromSeconds(1));
        int finals = network.Nodes[0].Finalized.Count;
        network.RunFor(TimeSpan.FromSeconds(60));
        Assert.Equal(finals, network.Nodes[0].Finalized.Count);

        cut = false;

        Assert.True(network.RunUntil(
            () => network.Nodes.TrueForAll(node => node.Finalized.Count > finals), TimeSpan.FromSeconds(5)), network.Describe());
        AssertLive(network, 5);
        Assert.All(network.Nodes, node => Assert.Equal(network.Options.ViewTimeout, node.Engine.Timeout));
    }

    [Fact]
    public void Everybody_LosesPower_GoesOnWithoutDoubleVotes()
    {
        StakeNetwork network = Start(4);
        for (int i = 0; i < 40; i++)
        {
            network.RunFor(TimeSpan.FromMilliseconds(130 + (i * 7)));
            network.Nodes.ForEach(node => node.Stop());
            network.Nodes.ForEach(node => node.Start());
        }

        AssertLive(network, 10);
        Assert.All(network.Nodes, AssertNoDoubleVotes);
    }

    [Fact]
    public void Epochs_ShortOnes_FollowEachOther()
    {
        StakeNetwork network = Start(4, options => options with { EpochBlocks = 5 });

        network.RunFor(TimeSpan.FromSeconds(30));

        AssertLive(network, 5);
        Assert.True(network.Nodes[0].Engine.View.Epoch >= 10, $"{network.Nodes[0].Engine.View}");
    }

    [Fact]
    public void Epochs_LastBlockNotFinalAtOnce_IsProposedAgain()
    {
        // Finalize votes of the first views of a last block get lost: the kind is the third byte after two array headers.
        StakeNetwork network = Start(4, options => options with { EpochBlocks = 3 });
        network.Link = (_, _, payload) => IsFinalize(payload) && network.Now < new Instant(20_000_000) ? null : Delta;
        network.RunFor(TimeSpan.FromSeconds(20));
        Assert.True(network.Nodes[0].Tree.Head.Height.Value <= 3);
        Assert.True(network.Nodes[0].Engine.View.Index > 10);

        network.RunFor(TimeSpan.FromSeconds(20));

        AssertLive(network, 5);
        Assert.True(network.Nodes[0].Engine.View.Epoch > 5);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    public void Messages_Lost_ChainGoesOn(int seed, int percent)
    {
        var random = new DeterministicRandom((ulong)seed);
        StakeNetwork network = Start(4);
        network.Link = (_, _, _) => random.NextBelow(100) < (ulong)percent ? null : Delta;
        network.BlockLink = (_, _, _) => random.NextBelow(100) < (ulong)percent ? null : Delta;

        network.RunFor(TimeSpan.FromSeconds(60));

        AssertLive(network, 20);
    }

    [Fact]
    public void Network_SlowerThanTheTimeout_TimeoutsAdaptAndComeBackDown()
    {
        StakeNetwork network = Start(4);
        TimeSpan delay = TimeSpan.FromSeconds(2);
        network.Link = (_, _, _) => delay;
        network.BlockLink = (_, _, _) => delay;
        network.RunFor(TimeSpan.FromSeconds(120));
        int slow = network.Nodes[0].Finalized.Count;
        Assert.True(slow > 10, $"{slow} final, {network.Describe()} timeout {network.Nodes[0].Engine.Timeout}");
        Assert.True(network.Nodes[0].Engine.Timeout > TimeSpan.FromSeconds(4));

        delay = Delta;
        network.RunFor(TimeSpan.FromSeconds(60));

        Assert.Equal(network.Options.ViewTimeout, network.Nodes[0].Engine.Timeout);
        AssertLive(network, 5);
    }

    internal static void AssertNoDoubleVotes(StakeNode node) => Assert.All(
        node.SignedEver.GroupBy(signed => (signed.Purpose, signed.Watermark)),
        mark => Assert.Single(mark.Select(signed => signed.Message).Distinct()));

    private static bool IsFinalize(ReadOnlyMemory<byte> payload) =>
        EngineMessage.Decode(payload) is EngineMessage.OfVote { Vote.Statement.Kind: VoteKind.Finalize };

    private static StakeNetwork Start(int validators, Func<ProofOfStakeOptions, ProofOfStakeOptions>? change = null)
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(validators) };
        return new StakeNetwork(change?.Invoke(options) ?? options, realCrypto: false).StartAll();
    }

    /// <summary>No forks so far, and new blocks become final at every running node.</summary>
    private static void AssertLive(StakeNetwork network, int seconds)
    {
        int[] before = [.. network.Nodes.Select(node => node.Finalized.Count)];
        network.RunFor(TimeSpan.FromSeconds(seconds));
        Assert.Empty(network.Forks);
        Assert.All(network.Nodes.Where(node => node.IsUp), node =>
        {
            Assert.True(node.Finalized.Count > before[node.Index], $"node {node.Index} at {node.Engine.View} finalizes nothing: {network.Describe()}");
            Assert.Empty(node.Reports);
        });
    }
}
