using System.Numerics;

namespace Chain.Core.Ledger.Tests.Modules.Staking;

/// <summary>The conversions against integers of any size.</summary>
public sealed class StakeMathTests
{
    private static readonly ulong[] Coins = [1, 2, 999, 1_000_000, uint.MaxValue, ulong.MaxValue / 3, ulong.MaxValue];

    private static readonly ulong[] Factors =
        [StakeMath.WholeFactor, StakeMath.WholeFactor - 1, StakeMath.WholeFactor / 3, StakeMath.LeastFactor + 7, StakeMath.LeastFactor];

    [Fact]
    public void Shares_OfCoins_AreWorthThemOrOneLess()
    {
        foreach (ulong coins in Coins)
        {
            foreach (ulong factor in Factors)
            {
                UInt128 shares = StakeMath.SharesOf(coins, factor);
                Assert.Equal((BigInteger)coins * BigInteger.Pow(2, 95) / factor, (BigInteger)shares);
                Assert.Equal((BigInteger)shares * factor / BigInteger.Pow(2, 95), StakeMath.CoinsOf(shares, factor));
                Assert.InRange(StakeMath.CoinsOf(shares, factor), coins - 1, coins);
                Assert.Equal(coins, StakeMath.CoinsOf(StakeMath.SharesToRemove(coins, factor), factor));
            }
        }
    }

    [Fact]
    public void Shares_OfAnUnslashedValidator_AreWorthExactlyTheirCoins() =>
        Assert.All(Coins, coins => Assert.Equal(coins, StakeMath.CoinsOf(StakeMath.SharesOf(coins, StakeMath.WholeFactor), StakeMath.WholeFactor)));

    [Theory]
    [InlineData(0u, StakeMath.WholeFactor)]
    [InlineData(5_000u, StakeMath.WholeFactor / 2)]
    [InlineData(10_000u, 0UL)]
    public void Slash_Part_LowersTheFactor(uint part, ulong expected) =>
        Assert.Equal(expected, StakeMath.Slash(StakeMath.WholeFactor, new BasisPoints(part)));

    [Fact]
    public void TrySpread_Coins_NeverPaysMoreThanThereAre()
    {
        var random = new Random(4);
        for (int i = 0; i < 2_000; i++)
        {
            ulong[] stakes = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (ulong)random.NextInt64(1, 1L << random.Next(2, 60)))];
            ulong factor = Factors[random.Next(Factors.Length)];
            UInt128[] shares = [.. stakes.Select(stake => StakeMath.SharesOf(stake, factor))];
            UInt128 all = shares.Aggregate(UInt128.Zero, static (sum, each) => sum + each);
            ulong coins = (ulong)random.NextInt64(1, long.MaxValue);
            Assert.True(StakeMath.TrySpread(coins, all, out Consensus.UInt256 growth));
            BigInteger paid = shares.Aggregate(BigInteger.Zero, (sum, each) => sum + StakeMath.EarnedBy(each, growth));
            Assert.InRange(paid, coins - (BigInteger)shares.Length - (coins >> 32), coins);
        }
    }

    [Fact]
    public void TrySpread_LessThanACoinOfShares_SpreadsNothing() =>
        Assert.False(StakeMath.TrySpread(100, (UInt128.One << 32) - 1, out _));
}
