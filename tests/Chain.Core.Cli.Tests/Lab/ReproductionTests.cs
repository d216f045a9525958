using Chain.Core.Cli.Lab.Reproduce;
using Chain.Core.Testing;

namespace Chain.Core.Cli.Tests.Lab;

/// <summary>Closed forms at points that the papers print, and small simulations near them; the full tables are in docs/reproductions.md.</summary>
public class ReproductionTests
{
    [Theory]
    [InlineData(0.0, 1.0 / 3)]
    [InlineData(0.5, 0.25)]
    [InlineData(1.0, 0.0)]
    public void Revenue_AtTheThreshold_IsTheShareOfPower(double gamma, double threshold)
    {
        Assert.Equal(threshold, SelfishMining.Threshold(gamma), 12);
        Assert.Equal(threshold, SelfishMining.Revenue(threshold, gamma), 9);
    }

    [Theory]
    [InlineData(0.1, 1, 0.2)]
    [InlineData(0.1, 2, 0.056)]
    [InlineData(0.3, 6, 0.15645)]
    [InlineData(0.5, 3, 1.0)]
    public void Rosenfeld_PointsOfItsTable_ComeOut(double q, int n, double expected) => Assert.Equal(expected, DoubleSpend.Rosenfeld(q, n), 4);

    [Theory]
    [InlineData(0.1, 0, 1.0)]
    [InlineData(0.1, 5, 0.0009137)]
    [InlineData(0.3, 5, 0.1773523)]
    public void Nakamoto_PointsOfThePaper_ComeOut(double q, int z, double expected) => Assert.Equal(expected, DoubleSpend.Nakamoto(q, z), 6);

    /// <summary>Fault 32: in short within what so few blocks allow, in long within one point.</summary>
    [Theory]
    [Trait("Fault", "32")]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Fault32_SelfishPool_EarnsByTheClosedForm(double gamma)
    {
        const double alpha = 0.4;
        double expected = SelfishMining.Revenue(alpha, gamma);
        (int runs, int blocks) = LongRun.Factor == 0 ? (1, 600) : (6, 20_000);

        double found = Enumerable.Range(0, runs).Average(run => SelfishMining.Simulate(alpha, gamma, blocks, (ulong)((run * 100) + 4), CancellationToken.None).Revenue);

        double deviation = SelfishMining.Deviation(alpha, gamma, blocks) / Math.Sqrt(runs);
        Assert.Equal(expected, found, LongRun.Factor == 0 ? 2.5 * deviation : 0.01);
        Assert.True(LongRun.Factor == 0 || deviation < 0.004, "so many blocks decide about one point");
    }

    /// <summary>Block by block, and not only on average: the full nodes are the states of the paper.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Simulate_SameFindersInTheStatesOfThePaper_SameRevenue(double gamma)
    {
        (double revenue, double byStates) = SelfishMining.Simulate(0.4, gamma, 400, seed: 9, CancellationToken.None);

        Assert.Equal(byStates, revenue, 0.01); // the end of a run is a matter of a block or two
    }

    [Fact]
    public void Simulate_OtherSeed_OtherBlocks()
    {
        double[] revenues = [.. Enumerable.Range(1, 3).Select(static seed => SelfishMining.Simulate(0.4, 0.0, 200, (ulong)seed, CancellationToken.None).Revenue)];

        Assert.True(revenues.Distinct().Count() > 1, $"{revenues[0]} under every seed");
    }

    [Theory]
    [InlineData(0.3, 0.0)]
    [InlineData(0.3, 1.0)]
    public void Deviation_FourTimesTheBlocks_IsHalved(double alpha, double gamma)
    {
        double few = SelfishMining.Deviation(alpha, gamma, 1_000);
        double many = SelfishMining.Deviation(alpha, gamma, 4_000);

        Assert.InRange(few / many, 1.6, 2.5); // a half for four times as many
    }

    [Theory]
    [InlineData(3.841, 1, 0.05)]
    [InlineData(5.991, 2, 0.05)]
    [InlineData(6.251, 3, 0.10)]
    [InlineData(21.026, 12, 0.05)]
    [InlineData(24.996, 15, 0.05)]
    public void OfChiSquare_PointsOfTheTables_ComeOut(double value, int degrees, double expected) => Assert.Equal(expected, Chance.OfChiSquare(value, degrees), 4);

    [Fact]
    public void OfGreatest_TwelveRows_OftenBeyondTwoSigma()
    {
        Assert.Equal(0.0455, Chance.OfGreatest(2, 1), 4);
        Assert.Equal(0.4282, Chance.OfGreatest(-2, 12), 3);
    }

    [Fact]
    public void Run_LargeBlocks_PushedAndCompactOnesArriveSooner()
    {
        double[] medians = [.. new[] { RelayRule.Asked, RelayRule.Pushed, RelayRule.Compact }.Select(static relay =>
        {
            var world = new RelayWorld(nodes: 24, TimeSpan.FromSeconds(60), BlockSize.Of(500_000), relay, seed: 1);
            world.Run(blocks: 8, CancellationToken.None);
            Assert.Equal(8, world.Made);
            return Simulation.Laboratory.Percentile.Of(world.Delays, 50)!.Value;
        })];

        Assert.True(medians[1] < medians[0] && medians[2] < medians[0], string.Join(", ", medians));
    }

    [Fact]
    public void DoubleSpend_ThreeTenths_SucceedsAsOftenAsRosenfeldSays()
    {
        const double q = 0.3;
        int attempts = LongRun.Count(80, 4_000);

        (int tried, int succeeded, int deep) = DoubleSpend.Simulate(q, confirmations: 2, attempts, seed: 5, CancellationToken.None);

        double expected = DoubleSpend.Rosenfeld(q, 2);
        double deviation = Math.Sqrt(expected * (1 - expected) / tried);
        Assert.InRange(succeeded / (double)tried, expected - (3 * deviation), expected + (3 * deviation));
        Assert.Equal(succeeded, deep); // what the attacker counts is what an honest node had to undo
    }
}
