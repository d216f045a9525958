using Chain.Core.Ledger;
using Chain.Core.Simulation.DigestProbe;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>Everything at once: loss, reordering, cuts, clogs, crashes, skew; with invariants that are checked all the time.</summary>
public class TroubleTests
{
    [Fact]
    public void Trouble_ThenCalm_EverythingComesRight() => Seeds.ForEach(4, 1000, static seed =>
    {
        TroubleReport report = TroubleScenario.Run(seed);
        Assert.True(report.ExecutedBlocks > 0);
    });

    // Each was a fault of the protocol once.
    [Theory]
    [InlineData(259)] // killed before its head was durable, restarted, told of the head, and lost it with the power
    [InlineData(335)]
    public void Trouble_SeedsThatFoundSomething_PassNow(ulong seed) => TroubleScenario.Run(seed);

    // A head that was moved without an fsync is lost by some crash.
    [Fact]
    public void Mutant_DiskThatLiesAboutSync_IsFound() =>
        AssertFound(static seed => TroubleScenario.Run(seed, plant: static chain => Disks(chain, static disk => disk.LiesAboutSync = true)));

    private static void Disks(SimulatedChain chain, Action<SimulatedDisk> plant)
    {
        foreach (SimulatedNode node in chain.Nodes)
        {
            plant(node.Disk);
        }
    }

    private static void AssertFound(Action<ulong> run)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            try
            {
                run(seed);
            }
            catch (Exception found) when (found is SimulationException or InvalidDataException or StateUnavailableException)
            {
                return;
            }
        }

        Assert.Fail("ten seeds did not find the planted fault");
    }
}
