using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Laboratory;

public class ExponentialDrawTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(12_345_678UL)]
    [InlineData(1UL << 40)]
    [InlineData(1UL << 63)]
    [InlineData(0xC000_0000_0000_0000UL)]
    [InlineData(ulong.MaxValue - 1)]
    public void MinusLn_Number_IsTheLogarithm(ulong u)
    {
        double expected = -Math.Log(((double)u + 1) / Math.Pow(2, 64));
        Assert.Equal(expected, ExponentialDraw.MinusLn(u) / Math.Pow(2, 40), 1e-9);
    }

    [Fact]
    public void MinusLn_GreatestNumber_IsZero() => Assert.Equal(0UL, ExponentialDraw.MinusLn(ulong.MaxValue));

    [Fact]
    public void Next_ManyDraws_HaveMeanAndMedianOfTheDistribution()
    {
        var random = new DeterministicRandom(7);
        double[] draws = [.. Enumerable.Range(0, 40_000).Select(_ => (double)ExponentialDraw.Next(random, 1_000_000)).Order()];

        Assert.Equal(1_000_000, draws.Average(), 20_000.0);
        Assert.Equal(1_000_000 * Math.Log(2), draws[draws.Length / 2], 20_000.0);
        Assert.Equal(1_000_000 * Math.Log(100), draws[draws.Length * 99 / 100], 120_000.0);
    }
}
