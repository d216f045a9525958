using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Simulation.DigestProbe;

/// <summary>A few virtual minutes with everything in them: transfers, loss, a partition that heals, crashes, skewed clocks.</summary>
public static class DigestScenario
{
    /// <summary>The digest of the run under a seed.</summary>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="transfers">Whether accounts pay each other.</param>
    /// <param name="traced">Told of every event; null for nobody.</param>
    /// <param name="change">Changes to how it is simulated.</param>
    public static Hash256 Run(
        ulong seed, bool transfers = true, Action<TraceRecord>? traced = null, Func<SimulatorOptions, SimulatorOptions>? change = null)
    {
        SimulatedChain chain = Create(seed, change ?? (static options => options));
        chain.Simulator.Traced = traced;
        chain.AddNodes(count: 5, producers: 4);
        chain.Nodes[3].ClockSkew = TimeSpan.FromSeconds(3);
        if (transfers)
        {
            new TransferWorkload(chain, seed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20)).Start();
        }

        chain.Simulator.RunFor(TimeSpan.FromSeconds(40));
        chain.Simulator.Partition([.. chain.Nodes.Take(2)], [.. chain.Nodes.Skip(2)]);
        chain.Simulator.RunFor(TimeSpan.FromSeconds(40));
        chain.Simulator.Heal();
        Simulator.CrashAfterEffects(chain.Nodes[1], 17);
        chain.Simulator.RunFor(TimeSpan.FromSeconds(20));
        chain.Simulator.Restart(chain.Nodes[1]);
        chain.Simulator.RunFor(TimeSpan.FromSeconds(40));
        return chain.Simulator.Digest;
    }

    private static SimulatedChain Create(ulong seed, Func<SimulatorOptions, SimulatorOptions> change)
    {
        var consensus = new ProofOfWorkConsensus(new ProofOfWorkOptions
        {
            TargetSpacing = TimeSpan.FromSeconds(4),
            TargetLimit = new CompactTarget(0x2000_FFFF),
            HalfLife = TimeSpan.FromSeconds(80),
            SliceNonces = 16,
        });
        return new SimulatedChain(consensus, new SimulatedChainOptions
        {
            Simulator = change(new SimulatorOptions
            {
                Seed = seed,
                Network = new NetworkModel { LossPerMillion = 10_000, UplinkBytesPerSecond = 1_000_000 },
                JobDuration = DurationOf,
            }),
        });
    }

    private static TimeSpan DurationOf(Job job) => job is NonceSearchJob ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(2);
}
