using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Machines;

namespace Chain.Core.Simulation.DigestProbe;

/// <summary>
/// Some virtual minutes in which everything that a network, a clock and a disk can do happens to a handful of nodes, as
/// the seed says; then it is calm, and everything must come right. Invariants are checked all the time.
/// </summary>
public static class TroubleScenario
{
    private const ulong Component = 0x7472_6f75;
    private const int Rounds = 10;
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5);

    /// <summary>Runs a seed. Throws where something is wrong.</summary>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="change">Changes to the chain, for example a planted fault.</param>
    /// <param name="plant">Called when the nodes are there, for example to plant a fault.</param>
    /// <param name="traced">Told of every event; null for nobody.</param>
    public static TroubleReport Run(
        ulong seed,
        Func<SimulatedChainOptions, SimulatedChainOptions>? change = null,
        Action<SimulatedChain>? plant = null,
        Action<TraceRecord>? traced = null)
    {
        var random = new DeterministicRandom(seed).Fork(Component);
        SimulatedChain chain = Create(seed, random, change);
        chain.Simulator.Traced = traced;
        var invariants = ChainInvariants.Watch(chain);
        chain.AddNodes(count: 3 + random.NextIndex(4), producers: 3);
        plant?.Invoke(chain);
        var transfers = new TransferWorkload(chain, seed, TimeSpan.FromSeconds(2), resubmitAfter: TimeSpan.FromSeconds(30));
        transfers.Start();
        for (int i = 0; i < Rounds; i++)
        {
            chain.Simulator.RunFor(TimeSpan.FromSeconds(3 + random.NextIndex(12)));
            Trouble(chain, random);
        }

        Calm(chain, transfers);
        foreach (SimulatedNode node in chain.Nodes)
        {
            ChainAudit.Run(chain, node);
        }

        return new TroubleReport(
            seed, chain.Simulator.EventCount, chain.Tally.DeepestReorganisation, invariants.CheckedRestarts, invariants.ExecutedBlocks);
    }

    private static SimulatedChain Create(ulong seed, DeterministicRandom random, Func<SimulatedChainOptions, SimulatedChainOptions>? change)
    {
        var consensus = new ProofOfWorkConsensus(new ProofOfWorkOptions
        {
            TargetSpacing = Spacing,
            TargetLimit = new CompactTarget(0x2000_FFFF),
            HalfLife = 20 * Spacing,
            SliceNonces = 16,
            RebuildInterval = 2 * Spacing,
        });
        var options = new SimulatedChainOptions
        {
            Simulator = new SimulatorOptions
            {
                Seed = seed,
                Network = new NetworkModel
                {
                    LossPerMillion = random.NextIndex(4) * 10_000,
                    ReorderingPerMillion = random.NextIndex(3) * 10_000,
                    LinkBytesPerSecond = random.NextIndex(2) * 200_000,
                    Jitter = TimeSpan.FromMilliseconds(random.NextIndex(200)),
                },
                JobDuration = static job => job is NonceSearchJob ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(2),
            },
        };
        return new SimulatedChain(consensus, change?.Invoke(options) ?? options);
    }

    private static void Trouble(SimulatedChain chain, DeterministicRandom random)
    {
        Simulator simulator = chain.Simulator;
        SimulatedNode victim = chain.Nodes[random.NextIndex(chain.Nodes.Count)];
        SimulatedNode other = chain.Nodes[random.NextIndex(chain.Nodes.Count)];
        TimeSpan until = TimeSpan.FromSeconds(5 + random.NextIndex(40));
        switch (random.NextIndex(8))
        {
            case 0:
                int cut = 1 + random.NextIndex(chain.Nodes.Count - 1);
                simulator.Partition([.. chain.Nodes.Take(cut)], [.. chain.Nodes.Skip(cut)]);
                simulator.At(until, simulator.Heal);
                break;
            case 1 when victim != other:
                simulator.CutOneWay(victim, other);
                simulator.At(until, simulator.Heal);
                break;
            case 2 when victim != other:
                simulator.Clog(victim, other);
                simulator.At(until, () => simulator.Unclog(victim, other));
                break;
            case 3:
                victim.ClockSkew = TimeSpan.FromSeconds(random.NextIndex(40) - 20);
                break;
            case 4:
                victim.ClockSkew = -TimeSpan.FromHours(1 + random.NextIndex(5)); // set back while it runs
                simulator.At(until, () => victim.ClockSkew = TimeSpan.Zero);
                break;
            default:
                Simulator.CrashAtEffect(victim, victim.Effected + random.NextIndex(60), keepsWrites: random.NextIndex(3) == 0);
                simulator.At(until, () => simulator.Restart(victim));
                break;
        }
    }

    private static void Calm(SimulatedChain chain, TransferWorkload transfers)
    {
        chain.Simulator.RunFor(TimeSpan.FromSeconds(60));
        chain.Simulator.Heal();
        transfers.Stop();
        foreach (SimulatedNode node in chain.Nodes)
        {
            node.ClockSkew = TimeSpan.Zero;
            Simulator.CrashNever(node);
            chain.Simulator.Restart(node);
        }

        chain.RunUntil(
            "all transfers are included everywhere",
            () => chain.Nodes.All(node => node.IsRunning && transfers.IsIncluded(node)),
            TimeSpan.FromMinutes(30));
        chain.RunUntilOneHead(TimeSpan.FromMinutes(5));
    }
}
