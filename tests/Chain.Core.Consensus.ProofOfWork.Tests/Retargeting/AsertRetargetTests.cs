namespace Chain.Core.Consensus.ProofOfWork.Tests;

/// <summary>Rows of the test vectors of the aserti3-2d specification: blocks of 600 s, a half-life of two days, Bitcoin's limit.</summary>
public sealed class AsertRetargetTests
{
    private const long Spacing = 600;
    private const long HalfLife = 172_800;

    private static readonly CompactTarget Limit = new(0x1d00ffff);

    private readonly AsertRetarget _rule = new(Spacing, HalfLife, Limit);

    [Theory]
    [InlineData(2, 1200)]
    [InlineData(7, 4200)]
    [InlineData(11, 6600)]
    public void Run01_SteadyBlocksAtTheLimit_StayThere(ulong height, long time) => AssertNext(0x1d00ffff, height, time, 0x1d00ffff);

    [Theory]
    [InlineData(2, 1200)]
    [InlineData(11, 6600)]
    public void Run03_SteadyBlocksAtTheHardest_StayThere(ulong height, long time) => AssertNext(0x01010000, height, time, 0x01010000);

    [Theory]
    [InlineData(2, 174_000, 0x01020000)]
    [InlineData(7, 1_041_000, 0x01400000)]
    [InlineData(8, 1_214_400, 0x02008000)]
    [InlineData(31, 5_202_600, 0x04400000)]
    [InlineData(120, 20_635_200, 0x10008000)]
    [InlineData(216, 37_281_600, 0x1c008000)]
    [InlineData(223, 38_495_400, 0x1c400000)]
    [InlineData(224, 38_668_800, 0x1d008000)]
    [InlineData(225, 38_842_200, 0x1d00ffff)]
    [InlineData(226, 39_015_600, 0x1d00ffff)]
    public void Run04_HalfLifeBehindAtEveryBlock_Doubles(ulong height, long time, uint bits) => AssertNext(0x01010000, height, time, bits);

    [Theory]
    [InlineData(2, 0x1d00fec5)]
    [InlineData(290, 0x1c7f62c0)]
    [InlineData(2306, 0x1c00fec5)]
    [InlineData(34562, 0x0e00fec5)]
    [InlineData(59618, 0x0301fd8b)]
    [InlineData(60194, 0x027f6200)]
    [InlineData(62210, 0x0200fe00)]
    [InlineData(62498, 0x017f0000)]
    [InlineData(63938, 0x01030000)]
    [InlineData(64226, 0x01010000)]
    [InlineData(64514, 0x01010000)]
    public void Run05_HalfLifeAheadAtEveryBlock_HalvesDownToOne(ulong height, uint bits) => AssertNext(0x1d00ffff, height, 0, bits);

    [Theory]
    [InlineData(2, 1_200, 0x1802aee8)]
    [InlineData(3, 1_310, 0x1802ad91)]
    [InlineData(4, 1_327, 0x1802abf8)]
    [InlineData(9, 7_099, 0x1802b39c)]
    [InlineData(10, 7_099, 0x1802b1f2)]
    [InlineData(126, 77_005, 0x1802b2cb)]
    [InlineData(297, 187_086, 0x1802c7e4)]
    [InlineData(500, 299_790, 0x1802ae55)]
    [InlineData(552, 338_121, 0x1802c249)]
    [InlineData(620, 378_438, 0x1802c0ec)]
    public void Run06_StableHashRate_FollowsTheTable(ulong height, long time, uint bits) => AssertNext(0x1802aee8, height, time, bits);

    [Theory]
    [InlineData(99, 321_636, 0x1807ae83)]
    [InlineData(126, 498_904, 0x180ea828)]
    [InlineData(186, 1_073_114, 0x187ef4ed)]
    [InlineData(187, 1_078_358, 0x19008158)]
    [InlineData(250, 2_101_636, 0x191a522b)]
    [InlineData(280, 2_501_718, 0x1979dde2)]
    [InlineData(281, 2_529_858, 0x1a00881c)]
    [InlineData(352, 3_950_808, 0x1b0085ea)]
    [InlineData(426, 5_430_357, 0x1c00a57c)]
    [InlineData(480, 6_774_168, 0x1c7c75fc)]
    [InlineData(484, 6_930_238, 0x1d00e688)]
    [InlineData(485, 6_993_399, 0x1d00ffff)]
    [InlineData(501, 7_462_933, 0x1d00ffff)]
    public void Run08_FallingHashRate_FollowsTheTable(ulong height, long time, uint bits) => AssertNext(0x1802aee8, height, time, bits);

    [Theory]
    [InlineData(2_147_483_643, 1_234_568_190, 0x1802ae16)]
    [InlineData(2_147_483_647, 1_234_569_390, 0x1802aacd)]
    [InlineData(2_147_483_648, 1_234_569_690, 0x1802a9fa)]
    [InlineData(2_147_483_652, 1_234_570_890, 0x1802a6b7)]
    public void Run09_HeightsBeyond31Bits_FollowTheTable(ulong height, long time, uint bits) =>
        Assert.Equal(new CompactTarget(bits), _rule.NextTarget(new CompactTarget(0x1802aee8), time - 1_234_567_290, height - 2_147_483_642));

    [Fact]
    public void NextTarget_TheEndsOfTimeAndHeight_IsATarget()
    {
        Int128[] times = [long.MinValue, -1, 0, long.MaxValue];
        ulong[] heights = [0, 1, ulong.MaxValue];
        foreach (Int128 time in times)
        {
            foreach (ulong height in heights)
            {
                Assert.True(_rule.NextTarget(Limit, time, height).TryExpand(out UInt256 target));
                Assert.True(Limit.TryExpand(out UInt256 limit) && target <= limit);
            }
        }

        Assert.Equal(Limit, _rule.NextTarget(Limit, long.MaxValue, 0));
        Assert.Equal(new CompactTarget(0x01010000), _rule.NextTarget(Limit, 0, ulong.MaxValue));
        Assert.Equal(Limit, _rule.NextTarget(default, 0, 0));
    }

    [Fact]
    public void NextTarget_TargetsNear2To256_ScaleAsSmallOnesDo()
    {
        // 2^231 times the anchor gives 2^231 times the answer: the product is computed in two ways around 2^239.
        var easy = new AsertRetarget(Spacing, HalfLife, new CompactTarget(0x2100ffff));
        for (long late = -3 * HalfLife; late < HalfLife; late += 7_001)
        {
            CompactTarget small = easy.NextTarget(new CompactTarget(0x03100000), late, 0);
            CompactTarget great = easy.NextTarget(new CompactTarget(0x1f100000), late, 0);
            CompactTarget greatest = easy.NextTarget(new CompactTarget(0x20100000), late, 0);
            Assert.Equal(great.Bits + 0x0100_0000, greatest.Bits);
            Assert.InRange(great.Bits - small.Bits, 0x1c00_0000u, 0x1c00_00ffu);
        }
    }

    [Fact]
    public void NextTarget_BeforeTheSchedule_IsThatOfTheParent()
    {
        var history = new ListHistory(Spacing, 1);
        history.Add(0, 0x1c00ffff);
        Assert.Equal(new CompactTarget(0x1c00ffff), _rule.NextTarget(history));

        // However late the first block is, it only starts the schedule.
        history.Add(1_000_000_000, 0x1c00ffff);
        Assert.Equal(new CompactTarget(0x1c00ffff), _rule.NextTarget(history));
        history.Add(1_000_000_600, 0x1c00ffff);
        Assert.Equal(new CompactTarget(0x1c00ffff), _rule.NextTarget(history));
        history.Add(1_000_000_600, 0x1c00ffff);
        Assert.True(_rule.NextTarget(history).Bits < 0x1c00ffff);
    }

    [Fact]
    public void Constructor_ParameterOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsertRetarget(0, 1, Limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsertRetarget(1, 0, Limit));
        Assert.Throws<ArgumentException>(() => new AsertRetarget(1, 1, default));
    }

    // The anchor has the height 1 and the time of its parent is 0.
    private void AssertNext(uint anchor, ulong height, long time, uint bits) =>
        Assert.Equal(new CompactTarget(bits), _rule.NextTarget(new CompactTarget(anchor), time, height - 1));
}
