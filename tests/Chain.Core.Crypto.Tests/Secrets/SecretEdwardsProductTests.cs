using System.Numerics;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.Secrets;

/// <summary>The constant-time product against the one for public data.</summary>
public sealed class SecretEdwardsProductTests
{
    [Fact]
    public void Product_RandomAndEdgeScalars_IsThatOfPublicOnes()
    {
        var random = new Random(92);
        EdwardsPoint point = Elligator2.Encode("a point"u8, "a domain"u8);
        foreach (BigInteger scalar in Scalars(random))
        {
            EdwardsPoint expected = DoubleScalarProduct.Compute(default, Scalar25519.Parse(Bytes(scalar % Order)), point);
            Assert.True((SecretEdwardsProduct.Compute(Bytes(scalar), point) - expected).IsIdentity);
        }
    }

    /// <summary>
    /// The formulas are complete: points of small order and the identity need no case of their own. Odd scalars only, as even
    /// ones are replaced by themselves plus L, which is the same for points of prime order.
    /// </summary>
    [Fact]
    public void Product_PointsOfSmallOrder_AreExact()
    {
        Assert.True(EdwardsPoint.TryDecode(
            Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), out EdwardsPoint torsion));
        EdwardsPoint multiple = EdwardsPoint.Identity;
        for (int scalar = 0; scalar < 20; scalar++)
        {
            Assert.True(scalar % 2 == 0 || (SecretEdwardsProduct.Compute(Bytes(scalar), torsion) - multiple).IsIdentity);
            Assert.True(SecretEdwardsProduct.Compute(Bytes(scalar), EdwardsPoint.Identity).IsIdentity);
            multiple += torsion;
        }
    }

    private static IEnumerable<BigInteger> Scalars(Random random)
    {
        BigInteger most = BigInteger.Pow(2, 255) - 1;
        BigInteger[] edges = [0, 1, 7, 8, 9, 15, 16, Order - 1, Order, Order + 1, most, most - 8, BigInteger.Pow(2, 254)];
        foreach (BigInteger edge in edges)
        {
            yield return edge;
        }

        // Runs of one digit.
        yield return BigInteger.Parse("0" + new string('7', 63) + "8", System.Globalization.NumberStyles.HexNumber);
        yield return BigInteger.Parse("07" + new string('8', 63), System.Globalization.NumberStyles.HexNumber);
        for (int i = 0; i < 100; i++)
        {
            yield return Any(random, 32) >> 1;
        }
    }

    private static BigInteger Any(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return Number(bytes);
    }
}
