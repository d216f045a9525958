using Chain.Core.Simulation;
using Chain.Core.Testing;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>FAULTS row 34: systematic schedules with twins. <see cref="MutantTests"/> shows what they find.</summary>
public sealed class TwinsTests
{
    /// <summary>500,000 of each size with a factor of 100.</summary>
    [Theory]
    [Trait("Fault", "34")]
    [InlineData(4, 1, 4, 3)]
    [InlineData(7, 2, 4, 2)]
    public void Fault34_TwinsOfFewerThanAThird_NeverForkAndGoOn(int validators, int twins, int views, int groups) =>
        Assert.Null(Hunts.Twins(validators, twins, views, groups, isGuarded: true, LongRun.First(0), LongRun.Count(120, 5_000)));

    [Fact]
    public void Enumeration_SmallSize_ComesToEveryScenarioOnce()
    {
        var scenarios = new TwinsEnumeration(validators: 3, twins: 1, views: 2, maxGroups: 2);

        var seen = new HashSet<string>();
        for (ulong i = 0; i < (ulong)scenarios.Count; i++)
        {
            TwinsSchedule schedule = scenarios[i];
            seen.Add(string.Join('|', schedule.Leaders) + string.Join('/', schedule.Groups.Select(groups => string.Join(',', groups))));
        }

        Assert.Equal(24UL * 24UL, (ulong)scenarios.Count); // 3 leaders and 8 splits of 4 nodes in each of two views
        Assert.Equal((int)scenarios.Count, seen.Count);
    }
}
