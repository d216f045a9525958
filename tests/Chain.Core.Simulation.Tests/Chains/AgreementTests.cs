using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

public class AgreementTests
{
    [Fact]
    public void Transfers_ProofOfWork_AreIncludedOnceByAll() => Seeds.ForEach(3, 300, static seed =>
    {
        SimulatedChain chain = ProofOfWork(seed);
        chain.AddNodes(count: 8, producers: 4);
        var workload = new TransferWorkload(chain, seed, Seconds(1));
        chain.Simulator.RunFor(Seconds(5));
        workload.Start();
        chain.Simulator.RunFor(Minutes(5));
        workload.Stop();
        chain.RunUntil("all transfers are included everywhere", () => chain.Nodes.All(workload.IsIncluded), Minutes(10));
        chain.RunUntilOneHead(Minutes(2));

        Assert.InRange(workload.Submitted.Count, 290, 300);
        ChainAudit audit = ChainAudit.Run(chain, chain.Nodes[^1]);
        Assert.All(workload.Submitted, transfer => Assert.Contains(transfer.Id, audit.Included));
        Assert.Empty(chain.Tally.RefusedBlocks);
        Assert.Equal(0, chain.Tally.Misbehaviours);
    });

    [Fact]
    public void Transfers_PartitionThatHeals_AreAllOnTheHeavierSide() => Seeds.ForEach(3, 300, static seed =>
    {
        SimulatedChain chain = ProofOfWork(seed);
        chain.AddNodes(count: 6, producers: 6);
        var workload = new TransferWorkload(chain, seed, Seconds(2));
        workload.Start();
        chain.Simulator.RunFor(Minutes(1));
        chain.Simulator.Partition([.. chain.Nodes.Take(2)], [.. chain.Nodes.Skip(2)]);
        chain.Simulator.RunFor(Minutes(4));
        Assert.False(chain.HasOneHead());
        chain.Simulator.Heal();
        chain.RunUntilOneHead(Minutes(4));
        workload.Stop();
        chain.RunUntil("all transfers are included everywhere", () => chain.Nodes.All(workload.IsIncluded), Minutes(10));
        chain.RunUntilOneHead(Minutes(2));

        ChainAudit audit = ChainAudit.Run(chain, chain.Nodes[0]);
        Assert.All(workload.Submitted, transfer => Assert.Contains(transfer.Id, audit.Included));
        Assert.True(chain.Tally.DeepestReorganisation >= 2);
        Assert.True(chain.Tally.UndoneTransactions > 0);
    });

    [Fact]
    public void LateNode_LongChain_SyncsHeadersFirst() => Seeds.ForEach(1, 20, static seed =>
    {
        SimulatedChain chain = ProofOfWork(seed);
        chain.AddNodes(count: 3, producers: 2);
        chain.RunUntil("1,500 blocks", () => SimulatedChain.HeadOf(chain.Nodes[0]).Height.Value >= 1500, TimeSpan.FromHours(6));
        SimulatedNode late = chain.AddNode(producesBlocks: false);
        chain.RunUntil("the late node is at the head", () => SimulatedChain.HeadOf(late).Height.Value >= 1500, Minutes(3));
        chain.RunUntilOneHead(Minutes(2));
        ChainAudit.Run(chain, late);
    });
}
