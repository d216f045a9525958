using System.Numerics;
using static Chain.Core.Crypto.Tests.Secp256k1.SecpNumbers;

namespace Chain.Core.Crypto.Tests.Secp256k1;

public sealed class SecpScalarTests
{
    private static readonly BigInteger Lambda = BigInteger.Parse(
        "05363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72", System.Globalization.NumberStyles.HexNumber);

    [Fact]
    public void Arithmetic_RandomAndEdges_IsThatOfIntegers()
    {
        BigInteger[] values = [.. Values(60)];
        foreach (BigInteger a in values)
        {
            Assert.Equal((N - a) % N, Value(-Scalar(a)));
            Assert.Equal(a > N / 2, Scalar(a).IsHigh);
            Assert.Equal(BigInteger.ModPow(a, N - 2, N), Value(Scalar(a).Invert()));
            foreach (BigInteger b in values)
            {
                Assert.Equal(a * b % N, Value(Scalar(a) * Scalar(b)));
                Assert.Equal(a < b, Scalar(a).IsBelow(Scalar(b)));
            }
        }
    }

    [Fact]
    public void Parse_AroundTheOrder_IsStrictOrReduces()
    {
        foreach (BigInteger value in new[] { N, N + 1, BigInteger.Pow(2, 256) - 1 })
        {
            Assert.False(SecpScalar.TryParse(Bytes(value), out _));
            Assert.Equal(value - N, Value(SecpScalar.Parse(Bytes(value))));
        }

        Assert.Equal(N - 1, Value(Scalar(N - 1)));
        Assert.Equal(N - 1, Value(SecpScalar.Parse(Bytes(N - 1))));
    }

    [Fact]
    public void Split_RandomAndEdges_HalvesMakeTheScalar()
    {
        foreach (BigInteger value in Values(3000).Concat(Halfway()))
        {
            SecpEndomorphism.Split(Scalar(value), out SignedHalf first, out SignedHalf second);
            BigInteger sum = (Signed(first) + (Signed(second) * Lambda)) % N;
            Assert.Equal(value, sum.Sign < 0 ? sum + N : sum);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    public void Recode_RandomAndEdges_DigitsMakeTheNumber(int width)
    {
        var random = new Random(width);
        foreach (BigInteger value in Edges(BigInteger.Pow(2, 128)).Where(v => v < BigInteger.Pow(2, 128))
            .Concat(Enumerable.Range(0, 500).Select(_ => SecpNumbers.Random(random, BigInteger.Pow(2, 128)))))
        {
            foreach (bool negative in new[] { false, true })
            {
                var digits = new short[129];
                int length = new SignedHalf((UInt128)value, negative).Recode(width, digits);

                BigInteger sum = 0;
                for (int i = digits.Length - 1; i >= 0; i--)
                {
                    Assert.True(digits[i] == 0 || (digits[i] % 2 != 0 && Math.Abs(digits[i]) < 1 << (width - 1) && i < length));
                    sum = (2 * sum) + digits[i];
                }

                Assert.Equal(negative ? -value : value, sum);
            }
        }
    }

    [Fact]
    public void TryAddOrder_AroundTheGap_IsExact()
    {
        BigInteger gap = P - N;
        foreach (BigInteger value in new[] { 0, 1, gap - 1, gap, gap + 1, N - 1 })
        {
            bool fits = Scalar(value).TryAddOrder(out SecpFieldElement sum);

            Assert.Equal(value < gap, fits);
            Assert.True(!fits || Value(sum) == value + N);
        }
    }

    private static BigInteger Signed(SignedHalf half) => half.IsNegative ? -(BigInteger)half.Magnitude : half.Magnitude;

    /// <summary>Where the rounded quotients of the split change: multiples of λ and of the basis around one half.</summary>
    private static IEnumerable<BigInteger> Halfway()
    {
        for (int i = 1; i < 200; i++)
        {
            yield return Lambda * i % N;
            yield return N - (Lambda * i % N);
            yield return ((2 * i) + 1) * N / 400;
        }
    }

    private static IEnumerable<BigInteger> Values(int count)
    {
        var random = new Random(22);
        return Edges(N).Concat(Enumerable.Range(0, count).Select(_ => SecpNumbers.Random(random, N)));
    }
}
