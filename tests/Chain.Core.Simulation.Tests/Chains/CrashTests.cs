using Chain.Core.Machines;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

public class CrashTests
{
    [Fact]
    public void Crash_InTheMiddleOfSteps_LosesNothingThatWasTold() => Seeds.ForEach(3, 1000, static seed =>
    {
        SimulatedChain chain = ProofOfWork(seed);
        DurablePromises promises = CrashAndHeal(chain, seed);

        Assert.True(promises.Checked >= 5);
        foreach (SimulatedNode node in chain.Nodes)
        {
            ChainAudit.Run(chain, node);
        }
    });

    [Fact]
    public void Crash_DiskThatLiesAboutSync_IsFoundOut()
    {
        // The check above must be able to fail: a disk that forgets what it said to be durable.
        int found = 0;
        for (ulong seed = 1; seed <= 3; seed++)
        {
            SimulatedChain chain = ProofOfWork(seed);
            chain.AddNodes(count: 4, producers: 4);
            _ = new DurablePromises(chain);
            foreach (SimulatedNode node in chain.Nodes)
            {
                node.Disk.LiesAboutSync = true;
            }

            chain.Simulator.RunFor(Minutes(1));
            chain.Simulator.Crash(chain.Nodes[0]);
            try
            {
                chain.Simulator.Restart(chain.Nodes[0]);
                chain.Simulator.RunFor(Seconds(1));
            }
            catch (Exception failure) when (failure is SimulationException or InvalidDataException)
            {
                found++;
            }
        }

        Assert.InRange(found, 1, 3);
    }

    [Fact]
    public void Kill_ProcessOnly_KeepsEveryWrite()
    {
        SimulatedChain chain = ProofOfWork(seed: 5);
        chain.AddNodes(count: 3, producers: 3);
        chain.Simulator.RunFor(Minutes(2));
        SimulatedNode node = chain.Nodes[1];
        Wire.BlockHeader before = SimulatedChain.HeadOf(node);
        chain.Simulator.Kill(node);
        chain.Simulator.Restart(node);
        chain.RunUntil("the node is ready", () => SimulatedChain.HeadOf(node).Height > Wire.BlockHeight.Genesis, Seconds(1));

        Assert.True(SimulatedChain.MachineOf(node).Tree.TryGet(before.Id, out _));
        Assert.True(SimulatedChain.HeadOf(node).Height >= before.Height);
    }

    [Fact]
    public void Offline_ForALongTime_CatchesUp() => Seeds.ForEach(1, 100, static seed =>
    {
        SimulatedChain chain = ProofOfWork(seed);
        chain.AddNodes(count: 4, producers: 3);
        var workload = new TransferWorkload(chain, seed, Seconds(5), resubmitAfter: Seconds(60));
        workload.Start();
        chain.Simulator.RunFor(Minutes(1));
        chain.Simulator.Kill(chain.Nodes[3]);
        chain.Simulator.RunFor(Minutes(30));
        chain.Simulator.Restart(chain.Nodes[3]);
        ulong height = SimulatedChain.HeadOf(chain.Nodes[0]).Height.Value;
        chain.RunUntil("the node is at the head", () => SimulatedChain.HeadOf(chain.Nodes[3]).Height.Value >= height, Minutes(1));
        workload.Stop();
        chain.RunUntilOneHead(Minutes(2));
        ChainAudit.Run(chain, chain.Nodes[3]);
    });

    private static DurablePromises CrashAndHeal(SimulatedChain chain, ulong seed)
    {
        chain.AddNodes(count: 5, producers: 4);
        var promises = new DurablePromises(chain);
        var random = new DeterministicRandom(seed).Fork(7);
        var workload = new TransferWorkload(chain, seed, Seconds(2), resubmitAfter: Seconds(30));
        workload.Start();
        for (int i = 0; i < 12; i++)
        {
            chain.Simulator.RunFor(Seconds(5 + random.NextIndex(15)));
            SimulatedNode victim = chain.Nodes[random.NextIndex(chain.Nodes.Count)];
            Simulator.CrashAfterEffects(victim, random.NextIndex(30));
            chain.Simulator.At(Seconds(10 + random.NextIndex(30)), () => chain.Simulator.Restart(victim));
        }

        chain.Simulator.RunFor(Minutes(1));
        workload.Stop();
        foreach (SimulatedNode node in chain.Nodes)
        {
            chain.Simulator.Restart(node);
        }

        chain.RunUntil("all transfers are included everywhere", () => chain.Nodes.All(node => node.IsRunning && workload.IsIncluded(node)), Minutes(20));
        chain.RunUntilOneHead(Minutes(2));
        return promises;
    }
}
