using System.Numerics;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.Ed25519Curve;

public sealed class Scalar25519Tests
{
    [Fact]
    public void Reduce_RandomAndEdgeNumbers_IsTheRemainder()
    {
        var random = new Random(4);
        var numbers = new List<BigInteger>();
        foreach (BigInteger multiple in new[] { 0, 1, 2, 8, BigInteger.One << 200, (BigInteger.One << 512) / Order })
        {
            numbers.AddRange([multiple * Order, (multiple * Order) + 1, (multiple * Order) + Order - 1]);
        }

        numbers.Add((BigInteger.One << 512) - 1);
        var bytes = new byte[64];
        for (int i = 0; i < 2_000; i++)
        {
            random.NextBytes(bytes);
            bytes.AsSpan(random.Next(64)).Clear();
            numbers.Add(Number(bytes));
        }

        foreach (BigInteger number in numbers.Where(n => n < BigInteger.One << 512))
        {
            bytes.AsSpan().Clear();
            Assert.True(number.TryWriteBytes(bytes, out _, isUnsigned: true));
            Assert.Equal(number % Order, Value(Scalar25519.Reduce(bytes)));
        }
    }

    [Fact]
    public void TryParseCanonical_AroundTheOrder_AcceptsWhatIsBelow()
    {
        foreach (BigInteger number in new[] { 0, 1, Order - 1, Order, Order + 1, 2 * Order, (BigInteger.One << 256) - 1 })
        {
            Assert.Equal(number < Order, Scalar25519.TryParseCanonical(Bytes(number), out Scalar25519 scalar));
            Assert.Equal(number, Value(scalar));
        }
    }

    [Fact]
    public void MultiplyAdd_RandomScalars_IsThatOfIntegers()
    {
        var random = new Random(5);
        for (int i = 0; i < 500; i++)
        {
            Scalar25519 a = Any(random), b = Any(random), c = Any(random);
            Assert.Equal(((Value(a) * Value(b)) + Value(c)) % Order, Value(Scalar25519.MultiplyAdd(a, b, c)));
        }
    }

    [Fact]
    public void MultiplyByHalf_RandomAndEdgeFactors_IsThatOfIntegers()
    {
        var random = new Random(7);
        BigInteger most = BigInteger.Pow(2, 126) + BigInteger.Pow(2, 106);
        var halves = new List<BigInteger> { 0, 1, 2, (BigInteger.One << 64) - 1, BigInteger.One << 64, most - 1, most };
        var others = new List<BigInteger> { 0, 1, Order - 1, Order / 2, BigInteger.One << 252, (BigInteger.One << 252) - 1 };
        for (int i = 0; i < 60; i++)
        {
            halves.Add(Value(Any(random)) % (most + 1));
            others.Add(Value(Any(random)) % Order);
        }

        foreach (BigInteger half in halves)
        {
            foreach (BigInteger other in others)
            {
                Scalar25519 product = Scalar25519.MultiplyByHalf((UInt128)half, Scalar25519.Parse(Bytes(other)));
                Assert.Equal(half * other % Order, Value(product));
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void NonAdjacentForm_AnyScalar_SumsToItAndKeepsItsDistance(int width)
    {
        var random = new Random(6);
        var digits = new sbyte[NonAdjacentForm.Length];
        var scalars = new List<BigInteger> { 0, 1, Order - 1, (BigInteger.One << 253) - 1, BigInteger.One << 252 };
        for (int i = 0; i < 500; i++)
        {
            scalars.Add(Value(Any(random)) >> random.Next(3, 256));
        }

        foreach (BigInteger scalar in scalars)
        {
            int length = NonAdjacentForm.Recode(Scalar25519.Parse(Bytes(scalar)), width, digits);

            BigInteger sum = 0;
            int last = -width;
            for (int i = 0; i < digits.Length; i++)
            {
                sum += (BigInteger)digits[i] << i;
                if (digits[i] != 0)
                {
                    Assert.True(i - last >= width && (digits[i] & 1) == 1 && Math.Abs(digits[i]) < 1 << (width - 1));
                    Assert.True(i < length);
                    last = i;
                }
            }

            Assert.Equal(scalar, sum);
        }
    }

    private static BigInteger Value(in Scalar25519 scalar)
    {
        var bytes = new byte[Scalar25519.Size];
        scalar.CopyTo(bytes);
        return Number(bytes);
    }

    private static Scalar25519 Any(Random random)
    {
        var bytes = new byte[Scalar25519.Size];
        random.NextBytes(bytes);
        return Scalar25519.Parse(bytes);
    }
}
