using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Simulation.Tests.Laboratory;

public class MeasureTests
{
    [Fact]
    public void Percentile_NearestRank_IsASample()
    {
        double[] samples = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

        Assert.Equal(5, Percentile.Of(samples, 50));
        Assert.Equal(10, Percentile.Of(samples, 95));
        Assert.Equal(1, Percentile.Of(samples, 0));
    }

    [Fact]
    public void Percentile_SomeNeverGotThere_CountAsLast()
    {
        double[] samples = [1, 2, 3, 4, 5];

        Assert.Equal(5, Percentile.Of(samples, 50, all: 10));
        Assert.Null(Percentile.Of(samples, 51, all: 10));
        Assert.Null(Percentile.Of([], 50));
    }

    [Fact]
    public void Concentration_KnownShares_HaveKnownCoefficients()
    {
        Assert.Equal(0, Concentration.Gini([3, 3, 3, 3])!.Value, 12);
        Assert.Equal(0.75, Concentration.Gini([0, 0, 0, 8])!.Value, 12);
        Assert.Equal(1, Concentration.Nakamoto([0.6, 0.2, 0.2], 0.5));
        Assert.Equal(3, Concentration.Nakamoto([0.25, 0.25, 0.25, 0.25], 0.5));
        Assert.Equal(2, Concentration.Nakamoto([0.25, 0.25, 0.25, 0.25], 1.0 / 3));
        Assert.Null(Concentration.Gini([0, 0]));
        Assert.Equal(0.5, Concentration.Distance([(0.5, 1), (0.5, 0)])!.Value, 12);
    }

    [Fact]
    public void Estimate_ThreeSamples_HasStudentsInterval()
    {
        Estimate estimate = Estimate.Of([1, 2, 3])!.Value;

        Assert.Equal(2, estimate.Mean, 12);
        Assert.Equal(4.303 / Math.Sqrt(3), estimate.HalfWidth!.Value, 9);
        Assert.Null(Estimate.Of([1])!.Value.HalfWidth);
        Assert.Null(Estimate.Of([]));
    }

    [Fact]
    public void PowerPlan_Rules_SpreadAMillion()
    {
        Assert.Equal([250_000UL, 250_000, 250_000, 250_000], new PowerPlan().Spread(4));
        Assert.Equal([666_667UL, 333_333], new PowerPlan { Rule = PowerRule.Zipf }.Spread(2));
        Assert.Equal([600_000UL, 200_000, 200_000], new PowerPlan { Rule = PowerRule.Listed, Shares = [3, 1] }.Spread(3));
    }

    [Fact]
    public void Only_SomeRegions_KeepsTheirLatencies()
    {
        LatencyMatrix some = PublishedLatencies.Wan5.Only(["eu-central-1", "ca-central-1"]);

        Assert.Equal(PublishedLatencies.Wan5.OneWay(2, 0), some.OneWay(0, 1));
        Assert.Equal(TimeSpan.FromMicroseconds(46_384), some.OneWay(0, 1));
        Assert.Throws<ArgumentException>(static () => PublishedLatencies.Wan5.Only(["atlantis"]));
    }
}
