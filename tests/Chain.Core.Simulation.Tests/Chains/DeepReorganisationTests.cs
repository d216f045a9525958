using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>
/// A node whose chain of blocks with transfers is undone by a longer one, and that is killed at an effect of its own
/// choosing, again and again: its state afterwards is that of a fresh execution.
/// </summary>
public class DeepReorganisationTests
{
    private const int Undone = 8;

    [Fact]
    [Trait("Fault", "31")]
    public void Fault31_KillsAtEveryEffect_StateEqualsAFreshSync()
    {
        long effects = Run(seed: 1, crashAt: null, liesAboutSync: false);
        Assert.True(effects > 60);
        Seeds.ForEach(40, 10_000, seed => Run(seed, CrashPoint(seed, effects), liesAboutSync: false));
    }

    [Fact]
    [Trait("Fault", "31")]
    public void Fault31_MutantWithoutSync_IsFound() => AssertFound();

    private static long CrashPoint(ulong seed, long effects) => (long)(seed % (ulong)effects);

    private static void AssertFound()
    {
        long effects = Run(seed: 1, crashAt: null, liesAboutSync: false);
        for (ulong seed = 1; seed <= 400; seed++)
        {
            try
            {
                Run(seed, CrashPoint(seed * 7, effects), liesAboutSync: true);
            }
            catch (Exception found) when (found is SimulationException or InvalidDataException or StateUnavailableException)
            {
                return;
            }
        }

        Assert.Fail("four hundred kills did not find the planted fault");
    }

    /// <summary>Two sides of a partition grow; it heals; the node on the shorter side is killed at an effect, twice.</summary>
    /// <returns>How many effects the node had in the reorganisation.</returns>
    private static long Run(ulong seed, long? crashAt, bool liesAboutSync)
    {
        SimulatedChain chain = Dev(seed, change: static options => options with { Accounts = 4 });
        ChainInvariants.Watch(chain);
        chain.AddNode(producesBlocks: true);
        chain.AddNode(producesBlocks: true);
        SimulatedNode victim = chain.Nodes[1];
        victim.Disk.LiesAboutSync = liesAboutSync;
        chain.Simulator.RunFor(Seconds(3));
        chain.Simulator.Partition([chain.Nodes[0]], [victim]);
        chain.Simulator.RunFor(Seconds(2));
        Grow(chain, chain.Nodes[0], Undone + 3, chain.Accounts[0]);
        Grow(chain, victim, Undone, chain.Accounts[1]);
        long before = victim.Effected;
        if (crashAt is { } point)
        {
            Simulator.CrashAtEffect(victim, before + point);
        }

        chain.Simulator.Heal();
        chain.Simulator.RunFor(Seconds(8));
        if (!victim.IsRunning)
        {
            chain.Simulator.Restart(victim);
            Simulator.CrashAtEffect(victim, victim.Effected + (long)(seed % 50));
            chain.Simulator.RunFor(Seconds(8));
            chain.Simulator.Restart(victim);
        }

        Simulator.CrashNever(victim);
        chain.Simulator.Restart(victim);
        for (int i = 0; i < 20 && !IsAtLonger(chain, victim); i++)
        {
            // Both seal what came back, and may stand at equally long chains until somebody seals one block more.
            chain.Simulator.RunFor(Seconds(10));
            chain.Simulator.Tell(chain.Nodes[0], new HostInput.Commanded(DevConsensus.SealCommand));
            chain.Simulator.RunFor(Seconds(2));
        }

        Assert.True(IsAtLonger(chain, victim));
        ChainAudit.Run(chain, victim);
        return victim.Effected - before;
    }

    private static bool IsAtLonger(SimulatedChain chain, SimulatedNode victim) =>
        victim.IsRunning && SimulatedChain.HeadOf(victim).Height.Value >= Undone + 3 && chain.HasOneHead();

    private static void Grow(SimulatedChain chain, SimulatedNode sealer, int blocks, SimulatedAccount payer)
    {
        for (int i = 0; i < blocks; i++)
        {
            chain.Simulator.Submit(sealer, payer.Transfer(chain, chain.Accounts[2].Address, 1));
            chain.Simulator.RunFor(TimeSpan.FromMilliseconds(20));
            chain.Simulator.Tell(sealer, new HostInput.Commanded(DevConsensus.SealCommand));
            chain.Simulator.RunFor(TimeSpan.FromMilliseconds(20));
        }
    }
}
