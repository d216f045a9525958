using Chain.Core.Ledger;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

public class TroubledNetworkTests
{
    [Fact]
    public void Loss_UpToFivePercent_StillIncludesAndAgrees() => Seeds.ForEach(3, 500, static seed =>
    {
        var network = new NetworkModel { LossPerMillion = (int)(1 + (seed % 5)) * 10_000 };
        SimulatedChain chain = ProofOfWork(seed, network);
        chain.AddNodes(count: 6, producers: 3);
        var workload = new TransferWorkload(chain, seed, Seconds(2), resubmitAfter: Seconds(45));
        workload.Start();
        chain.Simulator.RunFor(Minutes(4));
        workload.Stop();
        chain.RunUntil("all transfers are included everywhere", () => chain.Nodes.All(workload.IsIncluded), Minutes(10));
        chain.RunUntilOneHead(Minutes(5));
        ChainAudit.Run(chain, chain.Nodes[5]);
    });

    [Fact]
    public void Clocks_SecondsApart_DoNotDivideTheChain() => Seeds.ForEach(1, 300, static seed =>
    {
        SimulatedChain chain = ProofOfWork(seed);
        chain.AddNodes(count: 5, producers: 5);
        for (int i = 0; i < chain.Nodes.Count; i++)
        {
            chain.Nodes[i].ClockSkew = Seconds((i * 4) - 8);
        }

        chain.Simulator.RunFor(Minutes(5));
        chain.Nodes[2].ClockSkew = -Minutes(10); // the operator sets it back while the node runs
        chain.Simulator.RunFor(Minutes(2));
        chain.RunUntilOneHead(Minutes(2));

        Assert.Equal(0, chain.Tally.Misbehaviours);
        Assert.Empty(chain.Tally.RefusedBlocks);
        Assert.InRange(SimulatedChain.HeadOf(chain.Nodes[0]).Height.Value, 30UL, 300UL);
        ChainAudit.Run(chain, chain.Nodes[2]);
    });

    [Fact]
    public void Partition_NeverHealed_IsSeenAsDisagreement()
    {
        SimulatedChain chain = ProofOfWork(seed: 3);
        chain.AddNodes(count: 4, producers: 4);
        chain.Simulator.RunFor(Minutes(1));
        chain.Simulator.Partition([.. chain.Nodes.Take(2)], [.. chain.Nodes.Skip(2)]);
        chain.Simulator.RunFor(Minutes(2));

        var failure = Assert.Throws<SimulationException>(() => chain.RunUntilOneHead(Minutes(3)));
        Assert.Contains("seed 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("n3:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mempool_ThatForgets_IsSeenAsLostTransfers()
    {
        SimulatedChain chain = ProofOfWork(seed: 4, change: static options => options with
        {
            Mempool = new MempoolOptions { MaxAge = TimeSpan.FromMilliseconds(1), SweepInterval = TimeSpan.FromMilliseconds(500) },
        });
        chain.AddNodes(count: 3, producers: 3);
        var workload = new TransferWorkload(chain, 4, Seconds(1));
        workload.Start();
        chain.Simulator.RunFor(Minutes(1));
        workload.Stop();

        Assert.Throws<SimulationException>(
            () => chain.RunUntil("all transfers are included everywhere", () => chain.Nodes.All(workload.IsIncluded), Minutes(3)));
    }
}
