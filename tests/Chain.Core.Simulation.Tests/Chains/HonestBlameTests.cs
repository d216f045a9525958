using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>Honest nodes whose blocks, requests and announcements cross and overtake each other, on a chain that is split again and again.</summary>
public class HonestBlameTests
{
    private const int Nodes = 10;

    /// <summary>Seeds that found causes: blocks asked for while they were on their way unasked, heads that moved while they were asked about, and blocks announced beside a head.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void Splits_MessagesOvertakeEachOther_NobodyIsBlamed(ulong seed)
    {
        SimulatedChain chain = ProofOfWork(
            seed,
            new NetworkModel
            {
                Latency = TimeSpan.FromMilliseconds(20),
                Jitter = TimeSpan.FromMilliseconds(20),
                ReorderingPerMillion = 100_000,
                ReorderingDelay = TimeSpan.FromMilliseconds(100),
            },
            static options => options with { Chords = 3, OutboundSlots = 4 });
        chain.AddNodes(Nodes, producers: 6);
        var blamed = new List<string>();
        chain.Tally.Observed = (node, happened) =>
        {
            // What overtakes a hello costs the connection by design; on one stream nothing does.
            if (happened is NodeEvent.Peers { Event: GossipEvent.PeerMisbehaved { Cause: not Misbehaviour.MessageBeforeHello } misbehaved })
            {
                blamed.Add($"{node.Name} at {chain.Simulator.Now}: {misbehaved.Cause}");
            }
        };
        var workload = new TransferWorkload(chain, seed, Seconds(1));
        workload.Start();
        Split(chain, times: 8, new DeterministicRandom(seed));
        workload.Stop();
        chain.RunUntilOneHead(Minutes(3));

        Assert.Empty(blamed);
        Assert.InRange(chain.Tally.DeepestReorganisation, 2, int.MaxValue);
    }

    private static void Split(SimulatedChain chain, int times, DeterministicRandom random)
    {
        for (int i = 0; i < times; i++)
        {
            chain.Simulator.RunFor(Seconds(20));
            int first = 1 + random.NextIndex(Nodes - 2);
            chain.Simulator.Partition([.. chain.Nodes.Take(first)], [.. chain.Nodes.Skip(first)]);
            chain.Simulator.RunFor(Seconds(40));
            SimulatedNode killed = chain.Nodes[random.NextIndex(Nodes)];
            chain.Simulator.Kill(killed);
            chain.Simulator.Heal();
            chain.Simulator.RunFor(Seconds(2));
            chain.Simulator.Restart(killed);
        }
    }
}
