using System.Globalization;
using System.Numerics;
using Chain.Core.Crypto;
using Chain.Core.Testing;
using CsCheck;

namespace Chain.Core.Consensus.Tests;

public sealed class UInt256Tests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    private static readonly int Rounds = LongRun.Count(10_000, 1_000_000);

    // Words of all zeros, all ones and single bits make the carries and the guesses of long division go wrong where they can.
    private static readonly Gen<ulong> Word = Gen.OneOf(
        Gen.ULong,
        Gen.Const(0UL),
        Gen.Const(ulong.MaxValue),
        Gen.Int[0, 63].Select(bit => 1UL << bit),
        Gen.Int[0, 63].Select(bit => (1UL << bit) - 1),
        Gen.ULong.Select(word => word & 0xFFFF_FFFF),
        Gen.ULong.Select(word => word | 0xFFFF_FFFF_0000_0000));

    private static readonly Gen<UInt256> Number = Gen.Select(
        Word, Word, Word, Word, Gen.Int[0, 255], (a, b, c, d, shift) => new UInt256(a, b, c, d) >> shift);

    [Fact]
    public void Add_AnyNumbers_AgreesWithBigInteger() => Gen.Select(Number, Number).Sample(
        (left, right) =>
        {
            BigInteger expected = Big(left) + Big(right);
            Assert.Equal(Small(BigInteger.Min(expected, Modulus - 1)), UInt256.AddSaturating(left, right));
            AssertChecked(expected, () => left + right);
        },
        iter: Rounds);

    [Fact]
    public void Subtract_AnyNumbers_AgreesWithBigInteger() => Gen.Select(Number, Number).Sample(
        (left, right) => AssertChecked(Big(left) - Big(right), () => left - right),
        iter: Rounds);

    [Fact]
    public void Multiply_AnyNumbers_AgreesWithBigInteger() => Gen.Select(Number, Number).Sample(
        (left, right) =>
        {
            AssertChecked(Big(left) * Big(right), () => left * right);
            UInt256.TryMultiply(left, right, out UInt256 low);
            Assert.Equal(Small(Big(left) * Big(right) % Modulus), low);
        },
        iter: Rounds);

    [Fact]
    public void DivRem_AnyNumbers_AgreesWithBigInteger() => Gen.Select(Number, Number).Where((_, right) => !right.IsZero).Sample(
        (left, right) =>
        {
            BigInteger expected = BigInteger.DivRem(Big(left), Big(right), out BigInteger expectedRemainder);
            Assert.Equal(Small(expected), UInt256.DivRem(left, right, out UInt256 remainder));
            Assert.Equal(Small(expectedRemainder), remainder);
        },
        iter: 5 * Rounds);

    [Fact]
    public void Shift_AnyCount_AgreesWithBigInteger() => Gen.Select(Number, Gen.Int[0, 300]).Sample(
        (value, count) =>
        {
            Assert.Equal(Small((Big(value) << count) % Modulus), value << count);
            Assert.Equal(Small(Big(value) >> count), value >> count);
        },
        iter: Rounds);

    [Fact]
    public void CompareTo_AnyNumbers_AgreesWithBigInteger() => Gen.Select(Number, Number).Sample(
        (left, right) =>
        {
            Assert.Equal(Big(left).CompareTo(Big(right)), left.CompareTo(right));
            Assert.Equal(Big(left) < Big(right), left < right);
            Assert.Equal(Big(left) >= Big(right), left >= right);
            Assert.Equal(Big(left) == Big(right), left == right);
            Assert.Equal(0, left.CompareTo(left));
            Assert.Equal(left.GetHashCode(), (left + UInt256.Zero).GetHashCode());
        },
        iter: Rounds);

    [Fact]
    public void Text_AnyNumber_RoundTrips() => Number.Sample(
        value =>
        {
            Assert.Equal(Big(value).ToString(CultureInfo.InvariantCulture), value.ToString());
            Assert.Equal(value, UInt256.Parse(value.ToString()));
            Assert.Equal(value, UInt256.Parse("0x" + value.ToHexString()));
            Assert.Equal((int)Big(value).GetBitLength(), value.BitLength);
        },
        iter: Rounds);

    [Fact]
    public void Bytes_AnyNumber_RoundTripInBothOrders() => Number.Sample(
        value =>
        {
            byte[] big = value.ToBigEndian();
            Assert.Equal(Big(value), new BigInteger(big, isUnsigned: true, isBigEndian: true));
            Assert.Equal(value, UInt256.FromBigEndian(big));
            Assert.Equal(value, UInt256.FromBigEndian(new Hash256(big)));

            var little = new byte[UInt256.Size];
            value.WriteLittleEndian(little);
            Assert.Equal(Big(value), new BigInteger(little, isUnsigned: true));
            Assert.Equal(value, UInt256.FromLittleEndian(little));
            Assert.Equal(value, UInt256.FromLittleEndian(new Hash256(little)));
        },
        iter: Rounds);

    [Fact]
    public void DivRem_ByZero_Throws() => Assert.Throws<DivideByZeroException>(() => UInt256.MaxValue / UInt256.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1_000")]
    [InlineData("ff")]
    [InlineData("0xfg")]
    [InlineData("١")]
    [InlineData("0x10000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("9999999999999999999999999999999999999999999999999999999999999999999999999999999")]
    public void TryParse_NotANumberBelowTheLimit_IsFalse(string? text)
    {
        Assert.False(UInt256.TryParse(text, out UInt256 value));
        Assert.True(value.IsZero);
    }

    [Fact]
    public void TryParse_TheGreatest_IsRead()
    {
        Assert.Equal(
            UInt256.MaxValue,
            UInt256.Parse("115792089237316195423570985008687907853269984665640564039457584007913129639935"));
        Assert.Equal((UInt256)255, UInt256.Parse("0xfF"));
    }

    [Fact]
    public void Bytes_OfAnotherLength_Throw()
    {
        Assert.Throws<ArgumentException>(() => UInt256.FromBigEndian(new byte[31]));
        Assert.Throws<ArgumentException>(() => UInt256.FromLittleEndian(new byte[33]));
        Assert.Throws<ArgumentException>(() => UInt256.One.WriteBigEndian(new byte[31]));
        Assert.Throws<ArgumentException>(() => UInt256.One.WriteLittleEndian(new byte[31]));
    }

    private static void AssertChecked(BigInteger expected, Func<UInt256> compute)
    {
        if (expected < 0 || expected >= Modulus)
        {
            Assert.Throws<OverflowException>(() => compute());
        }
        else
        {
            Assert.Equal(Small(expected), compute());
        }
    }

    private static BigInteger Big(UInt256 value) => new(value.ToBigEndian(), isUnsigned: true, isBigEndian: true);

    private static UInt256 Small(BigInteger value)
    {
        var bytes = new byte[UInt256.Size];
        Assert.True(value.TryWriteBytes(bytes, out int written, isUnsigned: true));
        bytes.AsSpan(written).Clear();
        return UInt256.FromLittleEndian(bytes);
    }
}
