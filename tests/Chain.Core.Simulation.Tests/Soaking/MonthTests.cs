using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Testing;
using Xunit.Abstractions;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Soaking;

/// <summary>
/// FAULTS row 51 under virtual time: full nodes for 30 days, of which one is killed and restarted again and again. What a node
/// that goes on holds grows by the headers of its chain, and by nothing else.
/// </summary>
public sealed class MonthTests(ITestOutputHelper output)
{
    private const double WarmUpHours = 3; // in which states begin to be pruned, and the log of the relay comes round
    private const int LongDays = 30;
    private const double MaxBytesAnHour = 1 << 20;
    private const double MaxBesideAnHour = 4096;
    private static readonly TimeSpan Spacing = Seconds(10);

    /// <summary>Bounds that are reached within the warm-up; those by default take days of this load.</summary>
    private static readonly MempoolOptions SmallPool = new() { RecentIds = 256 };

    /// <summary>10 hours, or 30 days times the factor.</summary>
    private static int Hours => LongRun.Count(10, 24 * LongDays);

    [Fact]
    [Trait("Fault", "51")]
    public void Fault51_MonthOfAProofOfWorkChain_HoldsNothingMoreButHeaders()
    {
        HeldMemory held = Run(Hours, SmallPool, WithSmallMemories);

        output.WriteLine(held.ToString());
        Assert.True(held.Slope < MaxBytesAnHour, held.ToString());
        Assert.True(held.SlopeBeside < MaxBesideAnHour, held.ToString());
    }

    [Fact]
    [Trait("Fault", "51")]
    public void Fault51_MutantThatForgetsNoTransaction_IsFound()
    {
        HeldMemory pool = Run(8, new MempoolOptions { RecentIds = int.MaxValue }, WithSmallMemories);
        HeldMemory gossip = Run(8, SmallPool, static options => options);

        Assert.True(pool.SlopeBeside > MaxBesideAnHour, pool.ToString());
        Assert.True(gossip.SlopeBeside > MaxBesideAnHour, gossip.ToString());
    }

    [Fact]
    [Trait("Fault", "51")]
    public void Fault51_MutantThatKeepsWhatItReceives_IsFound()
    {
        HeldMemory held = Run(6, SmallPool, WithSmallMemories, static (_, machine) => new Keeper(machine));

        Assert.True(held.Slope > MaxBytesAnHour, held.ToString());
        Assert.Contains("HostInput", held.ToString(), StringComparison.Ordinal);
    }

    private static HeldMemory Run(
        int hours, MempoolOptions pool, Func<FullNodeOptions, FullNodeOptions> limits, Func<SimulatedNode, FullNode, IMachine<HostInput>>? wrap = null)
    {
        SimulatedChain chain = ProofOfWork(51, change: options => options with { Mempool = pool, Node = limits }, spacing: Spacing);
        chain.AddNode(producesBlocks: true);
        SimulatedNode watched = chain.AddNode(new SimulatedNodePlan { ProducesBlocks = true, Wrap = wrap ?? (static (_, machine) => machine) });
        chain.AddNode(producesBlocks: true);
        SimulatedNode killed = chain.AddNode(producesBlocks: false);
        var workload = new TransferWorkload(chain, 51, Seconds(10), resubmitAfter: Minutes(5));
        workload.Start();
        var held = new HeldMemory(WarmUpHours, typeof(SimulatedDisk), typeof(SimulatedNode), typeof(Simulator));
        for (int hour = 1; hour <= hours; hour++)
        {
            chain.Simulator.RunFor(Minutes(59));
            chain.Simulator.Crash(killed);
            chain.Simulator.RunFor(Minutes(1));
            chain.Simulator.Restart(killed);
            if (hours <= 24 || hour % 24 == 0)
            {
                held.Take(hour, SimulatedChain.MachineOf(watched).Tree, watched.Machine!);
            }
        }

        chain.RunUntilOneHead(Minutes(10));
        Assert.InRange(SimulatedChain.HeadOf(watched).Height.Value, (ulong)hours * 300, (ulong)hours * 420);
        return held;
    }

    private static FullNodeOptions WithSmallMemories(FullNodeOptions options) => options with
    {
        BodyCacheBytes = 64 * 1024,
        MaxStateNodes = 2_000,
        StateWindow = 256,
        Gossip = gossip => options.Gossip(gossip) with { Relay = gossip.Relay with { RecentlySeen = 256, KnownPerPeer = 64 } },
    };

    /// <summary>A node that keeps every message that it was sent.</summary>
    private sealed class Keeper(FullNode machine) : IFullNodeWrapper, IMachine<HostInput>
    {
        private readonly List<HostInput> _kept = [];

        public FullNode Node => machine;

        public void Handle(in HostInput input, in StepContext context, IEffects effects)
        {
            _kept.Add(input);
            machine.Handle(in input, in context, effects);
        }
    }
}
