using Chain.Core.Simulation;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>The engine in the machine that production runs: ledger, gossip, disk, signing guard.</summary>
public sealed class FullNodeTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void Validators_NoFaults_FinalizeOneChain(int validators)
    {
        StakeChain chain = Start(validators);

        chain.Chain.RunUntil("30 blocks are final", () => chain.AllFinalAt(30), TimeSpan.FromSeconds(60));

        chain.AssertOneChain();
        Assert.Empty(chain.Chain.Tally.RefusedBlocks);
        Assert.Equal(0, chain.Chain.Tally.Misbehaviours);
    }

    [Fact]
    public void Validators_AllCrashAndRestart_GoOn()
    {
        StakeChain chain = Start(4);
        chain.Chain.RunUntil("5 blocks are final", () => chain.AllFinalAt(5), TimeSpan.FromSeconds(30));
        foreach (SimulatedNode node in chain.Chain.Nodes)
        {
            chain.Simulator.Crash(node);
        }

        chain.Simulator.RunFor(TimeSpan.FromSeconds(2));
        foreach (SimulatedNode node in chain.Chain.Nodes)
        {
            chain.Simulator.Restart(node);
        }

        chain.Chain.RunUntil("15 blocks are final", () => chain.AllFinalAt(15), TimeSpan.FromSeconds(120));
        chain.AssertOneChain();
    }

    private static StakeChain Start(int validators, Func<ProofOfStakeOptions, ProofOfStakeOptions>? change = null)
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(validators), ViewTimeout = TimeSpan.FromSeconds(2) };
        return new StakeChain(change?.Invoke(options) ?? options, new SimulatedChainOptions { OutboundSlots = validators });
    }
}
