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
        int blocks = LongRun.Count(600, 30_000);
        int near = SelfishMining.NearFor(gamma);
        double expected = SelfishMining.Revenue(alpha, SelfishMining.GammaOf(near));

        double found = SelfishMining.Simulate(alpha, near, blocks, seed: 4, CancellationToken.None);

        Assert.Equal(expected, found, LongRun.Factor == 0 ? 0.05 : 0.01);
        Assert.True(found > alpha + 0.02, "a pool of two fifths earns more than its share");
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
