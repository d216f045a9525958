using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Simulation;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// FAULTS row 51 under virtual time, as <c>MonthTests</c> of the simulation has it with proof of work: what a validator holds grows
/// by the headers of its chain, and by nothing else.
/// </summary>
public sealed class MonthTests(ITestOutputHelper output)
{
    private const int WarmUpBlocks = 420; // epochs, states begin to be pruned, and the log of the relay comes round
    private const int Validators = 4;
    private const double MaxBytesAnHour = 1 << 20;
    private const double MaxBesideAnHour = 4096;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);
    private static readonly double WarmUpHours = WarmUpBlocks * Pause / TimeSpan.FromHours(1);

    /// <summary>16 hours, or 30 days times the factor.</summary>
    private static int Hours => LongRun.Count(16, 24 * 30);

    [Fact]
    [Trait("Fault", "51")]
    public void Fault51_MonthOfAProofOfStakeChain_HoldsNothingMoreButHeaders()
    {
        var options = new ProofOfStakeOptions
        {
            Validators = TestKeys.Equal(Validators), EpochBlocks = 120, BlockPause = Pause, ViewTimeout = 4 * Pause, MaxViewTimeout = 16 * Pause,
        };
        StakeChain chain = new(options, new SimulatedChainOptions { OutboundSlots = Validators, Mempool = new MempoolOptions { RecentIds = 256 }, Node = WithSmallMemories });
        SimulatedNode watched = chain.Chain.Nodes[1];
        SimulatedNode killed = chain.Chain.Nodes[3];
        var workload = new TransferWorkload(chain.Chain, 51, TimeSpan.FromSeconds(15), resubmitAfter: TimeSpan.FromMinutes(10));
        workload.Start();
        var held = new HeldMemory(WarmUpHours, typeof(SimulatedDisk), typeof(SimulatedNode), typeof(Simulator), typeof(StakeChain));
        for (int hour = 1; hour <= Hours; hour++)
        {
            chain.Simulator.RunFor(TimeSpan.FromMinutes(59));
            chain.Simulator.Crash(killed);
            chain.Simulator.RunFor(TimeSpan.FromMinutes(1));
            chain.Simulator.Restart(killed);
            if (Hours <= 48 || hour % 24 == 0)
            {
                held.Take(hour, SimulatedChain.MachineOf(watched).Tree, watched.Machine!);
            }
        }

        output.WriteLine($"#{SimulatedChain.HeadOf(watched).Height.Value} {held}");
        chain.AssertOneChain();
        Assert.True(SimulatedChain.HeadOf(watched).Height.Value > (ulong)Hours * 50);
        Assert.True(held.Slope < MaxBytesAnHour, held.ToString());
        Assert.True(held.SlopeBeside < MaxBesideAnHour, held.ToString());
    }

    private static FullNodeOptions WithSmallMemories(FullNodeOptions options) => options with
    {
        BodyCacheBytes = 64 * 1024,
        MaxStateNodes = 2_000,
        StateWindow = 256,
        Gossip = gossip => options.Gossip(gossip) with { Relay = gossip.Relay with { RecentlySeen = 256, KnownPerPeer = 64 } },
    };
}
