namespace Chain.Core.Consensus.ProofOfStake.Tests;

public sealed class HundredValidatorsTests
{
    [Fact]
    public void Validators_AHundredWithRealSignatures_Finalize()
    {
        ulong[] stakes = [.. Enumerable.Range(0, 100).Select(validator => 10 + (ulong)validator)];
        var options = new ProofOfStakeOptions { Validators = TestKeys.Set(stakes), RelaysVotes = false };
        StakeNetwork network = new StakeNetwork(options).StartAll();

        Assert.True(network.RunUntil(
            () => network.Nodes.TrueForAll(node => node.Finalized.Count >= 2), TimeSpan.FromSeconds(10)), network.Describe());

        Assert.Empty(network.Forks);
        Assert.All(network.Nodes, node => Assert.Empty(node.Reports));
        Assert.True(network.Nodes[7].Finalized[0].Certificate.Verify(Table(options), network.Genesis.Id));
    }

    private static StakeTable Table(ProofOfStakeOptions options)
    {
        Assert.True(StakeTable.TryCreate(options.Validators, out StakeTable? table));
        return table;
    }
}
