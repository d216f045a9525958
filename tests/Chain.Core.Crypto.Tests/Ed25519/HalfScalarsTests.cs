using System.Numerics;
using Chain.Core.Testing;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.Ed25519Curve;

public sealed class HalfScalarsTests
{
    private static readonly BigInteger Half = BigInteger.Pow(2, 126);

    [Fact]
    public void Split_RandomScalars_HalvesAreShortAndEquivalent()
    {
        var random = new Random(90);
        var bytes = new byte[64];
        for (int i = 0; i < LongRun.Count(ordinary: 20_000, perFactor: 200_000); i++)
        {
            random.NextBytes(bytes);
            AssertSplit(Number(bytes) % Order);
        }
    }

    /// <summary>Quotients of any size, equal leading bits, ends at once and late: what random scalars do not show.</summary>
    [Fact]
    public void Split_EdgeScalars_HalvesAreShortAndEquivalent()
    {
        for (int bit = 0; bit < 253; bit++)
        {
            BigInteger power = BigInteger.Pow(2, bit);
            foreach (int offset in new[] { -3, -2, -1, 0, 1, 2, 3 })
            {
                AssertSplit(((power + offset) % Order + Order) % Order);
                AssertSplit(((Order - power + offset) % Order + Order) % Order);
                AssertSplit((Order / power + offset + Order) % Order);
                AssertSplit((Order * (power - 1) / power + offset + Order) % Order);
            }
        }

        for (int quotient = 1; quotient < 300; quotient++)
        {
            AssertSplit(Order / quotient);
            AssertSplit((Order / quotient) + 1);
        }
    }

    /// <summary>k = u/v for chosen short u and v: the quotients of Euclid's algorithm are those of a chosen fraction.</summary>
    [Fact]
    public void Split_FractionsOfShortNumbers_HalvesAreShortAndEquivalent()
    {
        var random = new Random(91);
        for (int i = 0; i < 5_000; i++)
        {
            BigInteger u = Short(random), v = Short(random) + 1;
            AssertSplit(u * BigInteger.ModPow(v, Order - 2, Order) % Order);
        }
    }

    private static BigInteger Short(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return Number(bytes) >> random.Next(2, 128);
    }

    private static void AssertSplit(BigInteger k)
    {
        HalfScalars halves = HalfScalars.Split(Scalar25519.Parse(Bytes(k)));
        var u = (BigInteger)halves.U * (halves.IsNegative ? -1 : 1);
        var v = (BigInteger)halves.V;
        Assert.True(BigInteger.Abs(u) < Half && v.Sign > 0 && v <= Half + (Half >> 20), $"{k}: {u}, {v}");
        Assert.True(((u - (v * k)) % Order).IsZero, $"{k}: {u}, {v}");
    }
}
