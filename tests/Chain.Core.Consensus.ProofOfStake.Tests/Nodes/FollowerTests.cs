using Chain.Core.Gossip;
using Chain.Core.Protocol;
using Chain.Core.Simulation;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Nodes that follow a fast chain, the second through the first.</summary>
public sealed class FollowerTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 5)]
    [InlineData(20, 20)]
    public void Followers_BlockEveryFiftyMilliseconds_NobodyIsBlamedForWhatCrosses(int latency, int jitter)
    {
        var options = new ProofOfStakeOptions { Validators = TestKeys.Equal(1), BlockPause = TimeSpan.FromMilliseconds(50) };
        var simulation = new SimulatedChainOptions
        {
            Simulator = new SimulatorOptions
            {
                Network = new NetworkModel
                {
                    Latency = TimeSpan.FromMilliseconds(latency),
                    Jitter = TimeSpan.FromMilliseconds(jitter),
                    ReorderingPerMillion = 300_000,
                    ReorderingDelay = TimeSpan.FromMilliseconds(20),
                },
            },
        };
        var chain = new StakeChain(options, simulation);
        chain.Chain.AddNode(new SimulatedNodePlan { Dials = [0], Change = OneDial });
        chain.Chain.AddNode(new SimulatedNodePlan { Dials = [1], Change = OneDial });

        chain.Chain.RunUntil("100 blocks are final", () => chain.AllFinalAt(100), TimeSpan.FromMinutes(2));

        // Nothing overtakes a hello on one stream.
        Assert.DoesNotContain(chain.Blamed, static blamed => blamed.Cause != Misbehaviour.MessageBeforeHello);
    }

    private static FullNodeOptions OneDial(FullNodeOptions options) => options with
    {
        Gossip = gossip => gossip with { Peers = gossip.Peers with { OutboundSlots = 1 } },
    };
}
