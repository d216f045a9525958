using System.Numerics;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class LwmaRetargetTests
{
    private static readonly CompactTarget Limit = new(0x1f00ffff);

    [Fact]
    public void NextTarget_SteadyBlocks_StaysWithinRounding()
    {
        var history = new ListHistory(10, 0).Steady(100, 0x1c7fff00);
        CompactTarget next = new LwmaRetarget(10, Limit, 20).NextTarget(history);
        Assert.InRange(next.Bits, 0x1c7ffe00u, 0x1c7fff00u);
    }

    [Fact]
    public void NextTarget_FewerBlocksThanTheWindow_IsThatOfTheParent()
    {
        var history = new ListHistory(1, 0).Steady(21, 0x1c7fff00);
        var rule = new LwmaRetarget(10, Limit, 20);
        Assert.Equal(new CompactTarget(0x1c7fff00), rule.NextTarget(history));
        history.Steady(1, 0x1c7fff00);
        Assert.InRange(rule.NextTarget(history).Bits, 0x1c0cc000u, 0x1c0cd000u);
    }

    [Fact]
    public void NextTarget_RandomHistories_IsTheFormula()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = new DeterministicRandom(seed);
            int window = 2 + random.NextIndex(80);
            var spacing = (long)(1 + random.NextBelow(700));
            var history = new ListHistory(spacing, 0);
            long time = 1_000_000;
            for (int i = 0; i < window + 2 + random.NextIndex(10); i++)
            {
                time += (long)random.NextBelow((ulong)(10 * spacing)) - (2 * spacing);
                history.Add(time, 0x1c010000u + (uint)random.NextBelow(0x700000));
            }

            Assert.Equal(Formula(history, window, spacing), new LwmaRetarget(spacing, Limit, window).NextTarget(history));
        }
    }

    [Fact]
    public void NextTarget_AllTimesTheSame_IsHardAndFarApartIsTheLimit()
    {
        var rule = new LwmaRetarget(100, Limit, 10);
        var same = new ListHistory(0, 5).Steady(20, 0x1c7fff00);
        Assert.True(rule.NextTarget(same).TryExpand(out UInt256 hard));
        Assert.True(hard < (UInt256)0x7fff00 << (8 * 25));

        var far = new ListHistory(100_000, 5).Steady(20, 0x1f00ffff);
        Assert.Equal(Limit, rule.NextTarget(far));
    }

    [Fact]
    public void Constructor_ParameterOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LwmaRetarget(0, Limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LwmaRetarget(1, Limit, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LwmaRetarget(1, Limit, 1001));
        Assert.Throws<ArgumentException>(() => new LwmaRetarget(1, default));
    }

    private static CompactTarget Formula(ListHistory history, int window, long spacing)
    {
        BigInteger k = (BigInteger)window * (window + 1) / 2 * spacing;
        BigInteger targets = 0;
        BigInteger weighted = 0;
        int first = history.Count - window;
        long previous = At(first - 1).Time;
        for (int i = 0; i < window; i++)
        {
            WorkPoint point = At(first + i);
            long time = Math.Max(point.Time, previous + 1);
            weighted += (i + 1) * (BigInteger)Math.Min(6 * spacing, time - previous);
            previous = time;
            Assert.True(point.Target.TryExpand(out UInt256 target));
            targets += new BigInteger(target.ToBigEndian(), isUnsigned: true, isBigEndian: true) / (k * window);
        }

        Assert.True(Limit.TryExpand(out UInt256 limit));
        BigInteger next = BigInteger.Min(targets * weighted, new BigInteger(limit.ToBigEndian(), isUnsigned: true, isBigEndian: true));
        return CompactTarget.FromTarget(UInt256.Parse(next.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        WorkPoint At(int height) => history.TryGet((ulong)height, out WorkPoint point) ? point : throw new InvalidOperationException();
    }
}
