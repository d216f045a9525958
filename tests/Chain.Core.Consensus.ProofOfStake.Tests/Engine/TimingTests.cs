using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

public sealed class TimingTests
{
    private static readonly TimeSpan Delta = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void BlockPause_Set_LiesBetweenBlocksAndDelaysNoFinality()
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(300);
        var network = new StakeNetwork(new ProofOfStakeOptions { Validators = TestKeys.Equal(4), BlockPause = pause }).StartAll();

        network.RunFor(TimeSpan.FromSeconds(5));

        Instant[] times = [.. network.Nodes.SelectMany(node => node.Sealed).Select(seal => seal.At).Order()];
        Assert.True(times.Length > 8);
        for (int i = 1; i < times.Length; i++)
        {
            Assert.Equal((2 * Delta) + pause, times[i] - times[i - 1]);
        }

        (Wire.BlockId Block, Instant At)[] sealedBlocks = [.. network.Nodes.SelectMany(node => node.Sealed)];
        foreach ((Wire.BlockId block, _, _, Instant at) in network.Nodes[0].Finalized)
        {
            Assert.Equal(3 * Delta, at - sealedBlocks.Single(seal => seal.Block == block).At);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void Finality_EqualDelaysNoFaults_ThreeDelaysAndABlockEveryTwo(int validators)
    {
        var network = new StakeNetwork(new ProofOfStakeOptions { Validators = TestKeys.Equal(validators) }).StartAll();

        network.RunFor(TimeSpan.FromSeconds(5));

        (Wire.BlockId Block, Instant At)[] sealedBlocks = [.. network.Nodes.SelectMany(node => node.Sealed).OrderBy(seal => seal.At)];
        Assert.True(sealedBlocks.Length > 20);
        for (int i = 1; i < sealedBlocks.Length; i++)
        {
            Assert.Equal(2 * Delta, sealedBlocks[i].At - sealedBlocks[i - 1].At);
        }

        foreach (StakeNode node in network.Nodes)
        {
            Assert.True(node.Finalized.Count > 20);
            foreach ((Wire.BlockId block, _, _, Instant at) in node.Finalized)
            {
                Assert.Equal(3 * Delta, at - sealedBlocks.Single(seal => seal.Block == block).At);
            }
        }

        Assert.Empty(network.Forks);
        Assert.All(network.Nodes, node => Assert.Empty(node.Reports));
    }
}
