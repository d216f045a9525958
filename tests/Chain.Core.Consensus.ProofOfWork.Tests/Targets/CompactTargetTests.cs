using CsCheck;

namespace Chain.Core.Consensus.ProofOfWork.Tests;

public sealed class CompactTargetTests
{
    // The cases of Bitcoin's arith_uint256 tests: bits, magnitude, sign, bits again.
    [Theory]
    [InlineData(0x00000000, "0x0", false, 0x00000000)]
    [InlineData(0x00123456, "0x0", false, 0x00000000)]
    [InlineData(0x01003456, "0x0", false, 0x00000000)]
    [InlineData(0x02000056, "0x0", false, 0x00000000)]
    [InlineData(0x03000000, "0x0", false, 0x00000000)]
    [InlineData(0x04000000, "0x0", false, 0x00000000)]
    [InlineData(0x00923456, "0x0", false, 0x00000000)]
    [InlineData(0x01803456, "0x0", false, 0x00000000)]
    [InlineData(0x02800056, "0x0", false, 0x00000000)]
    [InlineData(0x03800000, "0x0", false, 0x00000000)]
    [InlineData(0x04800000, "0x0", false, 0x00000000)]
    [InlineData(0x01123456, "0x12", false, 0x01120000)]
    [InlineData(0x01fedcba, "0x7e", true, 0x017e0000)]
    [InlineData(0x02123456, "0x1234", false, 0x02123400)]
    [InlineData(0x03123456, "0x123456", false, 0x03123456)]
    [InlineData(0x04123456, "0x12345600", false, 0x04123456)]
    [InlineData(0x04923456, "0x12345600", true, 0x04123456)]
    [InlineData(0x05009234, "0x92340000", false, 0x05009234)]
    [InlineData(0x20123456, "0x1234560000000000000000000000000000000000000000000000000000000000", false, 0x20123456)]
    public void Expand_CasesOfBitcoin_AreExact(uint bits, string magnitude, bool isNegative, uint again)
    {
        var compact = new CompactTarget(bits);
        Assert.Equal(UInt256.Parse(magnitude), compact.Expand(out bool negative, out bool overflows));
        Assert.Equal(isNegative, negative);
        Assert.False(overflows);
        Assert.Equal(new CompactTarget(again), CompactTarget.FromTarget(UInt256.Parse(magnitude)));
        Assert.Equal(!isNegative && magnitude != "0x0", compact.TryExpand(out UInt256 target));
        Assert.Equal(isNegative ? UInt256.Zero : UInt256.Parse(magnitude), target);
    }

    [Theory]
    [InlineData(0xff123456, true)]
    [InlineData(0x23000001, true)]
    [InlineData(0x22000100, true)]
    [InlineData(0x220000ff, false)]
    [InlineData(0x21010000, true)]
    [InlineData(0x2100ffff, false)]
    [InlineData(0x207fffff, false)]
    [InlineData(0xff000000, false)]
    [InlineData(0xff800000, false)]
    public void Expand_AtTheEdgeOf256Bits_OverflowsExactly(uint bits, bool expected)
    {
        var compact = new CompactTarget(bits);
        UInt256 value = compact.Expand(out _, out bool overflows);
        Assert.Equal(expected, overflows);
        Assert.Equal(!expected && !value.IsZero, compact.TryExpand(out _));
    }

    [Fact]
    public void FromTarget_TopBitOfTheMantissa_TakesOneByteMore()
    {
        Assert.Equal(new CompactTarget(0x02008000), CompactTarget.FromTarget(0x80));
        Assert.Equal(new CompactTarget(0x2100ffff), CompactTarget.FromTarget(UInt256.MaxValue));
    }

    [Fact]
    public void FromTarget_AnyTarget_IsTheGreatestCompactNotAbove() => Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 255]).Sample(
        (high, low, shift) =>
        {
            UInt256 value = new UInt256(high, low, low, high) >> shift;
            CompactTarget compact = CompactTarget.FromTarget(value);
            UInt256 expanded = compact.Expand(out bool isNegative, out bool overflows);
            Assert.False(isNegative || overflows);
            Assert.True(expanded <= value);
            Assert.Equal(compact, CompactTarget.FromTarget(expanded));

            // What is lost is below the three bytes that are kept, less the sign bit.
            Assert.True(((value - expanded) >> int.Max(0, value.BitLength - 15)).IsZero);
        },
        iter: 20_000);

    // Bitcoin's genesis: difficulty 1, and 0x100010001 hashes.
    [Theory]
    [InlineData(0x1d00ffff, 0x100010001UL)]
    [InlineData(0x207fffff, 2UL)]
    [InlineData(0x1f00ffff, 65537UL)]
    public void ChainWork_KnownTargets_IsAsBitcoinCountsIt(uint bits, ulong work)
    {
        Assert.True(new CompactTarget(bits).TryExpand(out UInt256 target));
        Assert.Equal((UInt256)work, ChainWork.OfTarget(target));
    }

    [Fact]
    public void ChainWork_TheEndsOfTheNumbers_IsDefined()
    {
        Assert.Equal(UInt256.One, ChainWork.OfTarget(UInt256.MaxValue));
        Assert.Equal(UInt256.One, ChainWork.OfTarget(UInt256.MaxValue - UInt256.One));
        Assert.Equal(UInt256.MaxValue, ChainWork.OfTarget(UInt256.Zero));
        Assert.Equal(UInt256.One << 255, ChainWork.OfTarget(UInt256.One));
        Assert.Equal((UInt256)2, ChainWork.OfTarget((UInt256.One << 255) - UInt256.One));
    }
}
