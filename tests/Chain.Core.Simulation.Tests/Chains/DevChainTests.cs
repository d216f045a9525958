using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

public class DevChainTests
{
    [Fact]
    public void Transfers_OneSealerAndFollowers_FillBlocksAndNoEmptyOnes() => Seeds.ForEach(2, 300, static seed =>
    {
        SimulatedChain chain = Dev(seed);
        chain.AddNodes(count: 5, producers: 1);
        chain.Simulator.RunFor(Seconds(5));
        var workload = new TransferWorkload(chain, seed, TimeSpan.FromMilliseconds(300));
        workload.Start();
        chain.Simulator.RunFor(Minutes(1));
        workload.Stop();
        chain.RunUntil("all transfers are included everywhere", () => chain.Nodes.All(workload.IsIncluded), Seconds(30));
        BlockHeight height = SimulatedChain.HeadOf(chain.Nodes[4]).Height;
        chain.Simulator.RunFor(Minutes(5));

        Assert.True(chain.HasOneHead());
        Assert.Equal(height, SimulatedChain.HeadOf(chain.Nodes[4]).Height);
        ChainAudit audit = ChainAudit.Run(chain, chain.Nodes[4]);
        Assert.All(audit.Blocks.Skip(1), block => Assert.NotEmpty(block.Transactions));
        Assert.Equal(workload.Submitted.Count, audit.Included.Count);
        Assert.Equal(0, chain.Tally.Reorganisations);
    });

    [Fact]
    public void Sealer_KilledAndRestarted_GoesOn()
    {
        SimulatedChain chain = Dev(seed: 2, new DevOptions { Interval = Seconds(2) });
        chain.AddNodes(count: 3, producers: 1);
        chain.Simulator.RunFor(Minutes(1));
        chain.Simulator.Crash(chain.Nodes[0]);
        chain.Simulator.RunFor(Seconds(10));
        BlockHeight stopped = SimulatedChain.HeadOf(chain.Nodes[1]).Height;
        chain.Simulator.Restart(chain.Nodes[0]);
        chain.Simulator.RunFor(Minutes(1));

        chain.RunUntilOneHead(Seconds(5));
        Assert.True(SimulatedChain.HeadOf(chain.Nodes[1]).Height.Value >= stopped.Value + 20);
        ChainAudit.Run(chain, chain.Nodes[2]);
    }

    [Fact]
    public void LateNode_LongChainThatGrowsNoMore_SyncsBeyondTheBudgetOfHeaders()
    {
        SimulatedChain chain = Dev(seed: 1);
        chain.AddNodes(count: 2, producers: 1);
        Seal(chain, chain.Nodes[0], count: 2500);
        SimulatedNode late = chain.AddNode(producesBlocks: false);

        chain.RunUntil("the late node is at the head", () => SimulatedChain.HeadOf(late).Height.Value == 2500, Minutes(3));
        ChainAudit.Run(chain, late);
        Assert.Equal(0, chain.Tally.Misbehaviours);
    }

    [Fact]
    public void LateNode_NarrowBudgetOfHeaders_SyncsByAndBy()
    {
        SimulatedChain chain = Dev(seed: 1);
        chain.AddNodes(count: 2, producers: 1);
        Seal(chain, chain.Nodes[0], count: 120);
        SimulatedNode late = chain.AddNode(producesBlocks: false, static options => options with
        {
            Tree = options.Tree with { HeadersPerSource = 16 },
            BodyCacheBytes = 1,
        });

        chain.RunUntil("the late node is at the head", () => SimulatedChain.HeadOf(late).Height.Value == 120, Minutes(3));
    }

    [Fact]
    public void DeepReorganisation_LineOfNodes_ReachesTheFarEndWithoutANewBlock() => Seeds.ForEach(2, 100, static seed =>
    {
        SimulatedChain chain = Dev(seed, change: static options => options with { Chords = 0 });
        AddLine(chain, count: 6);
        chain.Simulator.RunFor(Seconds(30));
        chain.Simulator.Partition([.. chain.Nodes.Take(3)], [.. chain.Nodes.Skip(3)]);
        chain.Simulator.RunFor(Seconds(5));
        Seal(chain, chain.Nodes[0], count: 20);
        Seal(chain, chain.Nodes[5], count: 30);
        Assert.Equal(20UL, SimulatedChain.HeadOf(chain.Nodes[1]).Height.Value);
        Assert.Equal(30UL, SimulatedChain.HeadOf(chain.Nodes[4]).Height.Value);
        chain.Simulator.Heal();

        chain.RunUntil("all are at the longer chain", () => chain.Nodes.All(node => SimulatedChain.HeadOf(node).Height.Value == 30), Minutes(5));
        Assert.Equal(20, chain.Tally.DeepestReorganisation);
        ChainAudit.Run(chain, chain.Nodes[0]);
    });

    /// <summary>Nodes that each dial the one before and take a connection from the one after; the ends make blocks.</summary>
    private static void AddLine(SimulatedChain chain, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int outbound = i == 0 ? 0 : 1;
            int inbound = i == count - 1 ? 0 : 1;
            chain.AddNode(producesBlocks: outbound == 0 || inbound == 0, options => options with
            {
                Gossip = gossip => gossip with { Peers = gossip.Peers with { OutboundSlots = outbound, InboundSlots = inbound } },
            });
        }
    }

    private static void Seal(SimulatedChain chain, SimulatedNode sealer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            chain.Simulator.Tell(sealer, new HostInput.Commanded(DevConsensus.SealCommand));
            chain.Simulator.RunFor(TimeSpan.FromMilliseconds(20));
        }

        chain.Simulator.RunFor(Seconds(5));
    }
}
