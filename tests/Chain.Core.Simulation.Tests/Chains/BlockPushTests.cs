using Chain.Core.Consensus;
using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>How many message delays a new block takes to a direct peer.</summary>
public class BlockPushTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Block_DirectPeers_HaveItWithinOneDelay() => Assert.All(
        DelaysOf(pushPeers: 16), static delay => Assert.Equal(Delay, delay));

    [Fact]
    public void Block_MutantThatOnlyAnnounces_TakesThreeDelays() => Assert.All(
        DelaysOf(pushPeers: 0), static delay => Assert.True(delay >= 3 * Delay, $"{delay}"));

    [Fact]
    public void Block_MorePeersThanArePushedTo_ReachesAllWithoutAnOffence()
    {
        SimulatedChain chain = Start(pushPeers: 2, count: 8);
        ulong height = 40;
        for (ulong i = 0; i < height; i++)
        {
            chain.Simulator.Tell(chain.Nodes[0], new HostInput.Commanded(DevConsensus.SealCommand));
            chain.Simulator.RunFor(TimeSpan.FromSeconds(2));
        }

        Assert.All(chain.Nodes, node => Assert.Equal(height, SimulatedChain.HeadOf(node).Height.Value));
        Assert.Equal(0, chain.Tally.Misbehaviours);
    }

    /// <summary>From the maker's own verdict on each block to that of each of its three peers.</summary>
    private static List<TimeSpan> DelaysOf(int pushPeers)
    {
        SimulatedChain chain = Start(pushPeers, count: 4);
        var delays = new List<TimeSpan>();
        Instant made = default;
        chain.Tally.Observed = (node, happened) =>
        {
            if (happened is NodeEvent.BlockStored && node == chain.Nodes[0])
            {
                made = chain.Simulator.Now;
            }
            else if (happened is NodeEvent.BlockStored)
            {
                delays.Add(chain.Simulator.Now - made);
            }
        };
        for (int i = 0; i < 5; i++)
        {
            chain.Simulator.Tell(chain.Nodes[0], new HostInput.Commanded(DevConsensus.SealCommand));
            chain.Simulator.RunFor(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(15, delays.Count);
        return delays;
    }

    private static SimulatedChain Start(int pushPeers, int count)
    {
        var chain = new SimulatedChain(new DevConsensus(), new SimulatedChainOptions
        {
            Simulator = new SimulatorOptions { Network = new NetworkModel { Latency = Delay, Jitter = TimeSpan.Zero } },
            Chords = count,
        });
        for (int i = 0; i < count; i++)
        {
            chain.AddNode(producesBlocks: i == 0, options => options with
            {
                Gossip = gossip => gossip with
                {
                    Peers = gossip.Peers with { OutboundSlots = count },
                    Relay = gossip.Relay with { PushPeers = pushPeers, Blocks = pushPeers == 0 ? BlockRelay.Announce : gossip.Relay.Blocks },
                },
            });
        }

        chain.Simulator.RunFor(TimeSpan.FromSeconds(30));
        return chain;
    }
}
