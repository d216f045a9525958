using System.Numerics;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.VerifiableRandom;

/// <summary>The sums of a verification against plain products, and the AVX2 path against the portable one.</summary>
public sealed class VrfProductsTests
{
    [Fact]
    public void Sums_RandomAndEdgeScalars_AreTheSameOnEveryPath()
    {
        var random = new Random(95);
        BigInteger mostChallenge = BigInteger.Pow(2, 128) - 1;
        Assert.True(EdwardsPoint.TryDecode(
            Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), out EdwardsPoint torsion));
        EdwardsPoint[] points =
            [Elligator2.Encode("p"u8, "domain"u8), Elligator2.Encode("q"u8, "domain"u8), EdwardsPoint.Base, EdwardsPoint.Identity, torsion];
        foreach (BigInteger s in new[] { 0, 1, Order - 1, mostChallenge, mostChallenge + 1, Any(random, 32) % Order, Any(random, 32) % Order })
        {
            foreach (BigInteger c in new[] { 0, 1, mostChallenge, Any(random, 16) })
            {
                foreach (EdwardsPoint point in points)
                {
                    AssertSums(Scalar(s), Scalar(c), point, points[0]);
                }
            }
        }
    }

    private static void AssertSums(Scalar25519 s, Scalar25519 c, EdwardsPoint p, EdwardsPoint q)
    {
        EdwardsPoint withBase = DoubleScalarProduct.Compute(s, c, p);
        EdwardsPoint withoutBase = DoubleScalarProduct.Compute(default, s, p) + DoubleScalarProduct.Compute(default, c, q);
        Same(withBase, VrfProducts.BaseTimes(s, c, p));
        Same(withoutBase, VrfProducts.PointTimes(p, s, c, q));
        if (CryptoPath.Avx2.IsSupported())
        {
            Same(withBase, QuadProducts.BaseTimes(s, c, p));
            Same(withoutBase, QuadProducts.PointTimes(p, s, c, q));
        }
    }

    private static void Same(EdwardsPoint expected, EdwardsPoint actual)
    {
        Assert.True((expected - actual).IsIdentity);
        Assert.True((actual.X * actual.Y).IsSame(actual.Z * actual.T));
    }

    private static Scalar25519 Scalar(BigInteger value) => Scalar25519.Parse(Bytes(value));

    private static BigInteger Any(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return Number(bytes);
    }
}
