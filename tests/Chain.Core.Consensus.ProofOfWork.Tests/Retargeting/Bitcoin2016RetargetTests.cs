namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class Bitcoin2016RetargetTests
{
    private static readonly CompactTarget Limit = new(0x1d00ffff);

    private readonly Bitcoin2016Retarget _rule = new(600, Limit);

    // The cases of Bitcoin Core's pow_tests: from the time of the first block of a period to that of its last.
    [Theory]
    [InlineData(1261130161, 1262152739, 0x1d00ffff, 0x1d00d86a)]
    [InlineData(1231006505, 1233061996, 0x1d00ffff, 0x1d00ffff)]
    [InlineData(1279008237, 1279297671, 0x1c05a3f4, 0x1c0168fd)]
    [InlineData(1263163443, 1269211443, 0x1c387f6f, 0x1d00e1fd)]
    public void Scale_CasesOfBitcoinCore_AreExact(long first, long last, uint bits, uint expected) =>
        Assert.Equal(new CompactTarget(expected), _rule.Scale(new CompactTarget(bits), last - first));

    [Fact]
    public void NextTarget_InsideAPeriod_IsThatOfTheParent()
    {
        var history = new ListHistory(1, 0);
        history.Steady(2015, 0x1c100000);
        Assert.Equal(new CompactTarget(0x1c100000), _rule.NextTarget(history));

        // One second a block: a quarter, no less.
        history.Steady(1, 0x1c100000);
        Assert.Equal(new CompactTarget(0x1c040000), _rule.NextTarget(history));
        history.Steady(1, 0x1c040000);
        Assert.Equal(new CompactTarget(0x1c040000), _rule.NextTarget(history));
    }

    [Fact]
    public void Scale_AnyTime_IsATargetWithinAFactorOfFour()
    {
        foreach (Int128 time in new[] { Int128.MinValue, -1, 0, 1, Int128.MaxValue })
        {
            Assert.True(_rule.Scale(new CompactTarget(0x1c100000), time).Bits is 0x1c040000 or 0x1c400000);
        }

        Assert.Equal(new CompactTarget(0x01010000), _rule.Scale(new CompactTarget(0x01010000), 0));
        Assert.Equal(Limit, _rule.Scale(default, 1_209_600));
        Assert.Equal(
            new CompactTarget(0x2100ffff),
            new Bitcoin2016Retarget(600, new CompactTarget(0x2100ffff)).Scale(new CompactTarget(0x207fffff), 4 * 1_209_600));
    }

    [Fact]
    [Trait("Fault", "30")]
    public void Fault30_TimeWarp_WorksOnBitcoinsPeriodsAndNotOnOverlappingOnes()
    {
        // The miner of every block keeps times back, a second a block, but for the last of each period, which tells the
        // truth. On paper each period took all the time since the attack began.
        Assert.True(Warped(new Bitcoin2016Retarget(600, Limit, 100)) > 100);
        Assert.True(Warped(new Bitcoin2016Retarget(600, Limit, 100, overlapsPeriods: true)) <= 4);
    }

    [Fact]
    public void Constructor_ParameterOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bitcoin2016Retarget(0, Limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Bitcoin2016Retarget(1, Limit, 1));
        Assert.Throws<ArgumentException>(() => new Bitcoin2016Retarget(1, default));
    }

    /// <summary>How much easier the target is after ten periods whose times are false.</summary>
    private static ulong Warped(Bitcoin2016Retarget rule)
    {
        const int Interval = 100;
        var history = new ListHistory(600, 0);
        history.Steady(Interval, 0x1a100000);
        long heldBack = history.Parent.Time;
        for (int period = 1; period <= 10; period++)
        {
            for (int i = 0; i < Interval; i++)
            {
                // The median of the last eleven sees one block far ahead, and is a second before this one.
                heldBack++;
                bool isLast = i == Interval - 1;
                history.Add(isLast ? (period + 1) * Interval * 600L : heldBack, rule.NextTarget(history).Bits);
            }
        }

        Assert.True(new CompactTarget(0x1a100000).TryExpand(out UInt256 first));
        Assert.True(rule.NextTarget(history).TryExpand(out UInt256 last));
        return (last / first).LowUInt64;
    }
}
