using System.Numerics;
using System.Security.Cryptography;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Paths;

namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>
/// Signatures that libraries disagree on; ZIP-215 has one answer for each, the same on every path. That the cases find
/// something is shown by verifiers with one rule changed, which fail them.
/// </summary>
[Trait("Fault", "26")]
public sealed class Ed25519CornerTests
{
    private static readonly BigInteger FieldPrime = BigInteger.Pow(2, 255) - 19;

    /// <summary>All eight points of the small subgroup in all their 14 encodings, those with y ≥ p or −0 included.</summary>
    private static byte[][] SmallOrderEncodings { get; } = FindSmallOrderEncodings();

    /// <summary>Verifiers that differ from ZIP-215 in one rule.</summary>
    public static TheoryData<string> Mutants => new(MutantVerifiers.Keys);

    private static Dictionary<string, Func<SignatureClaim, bool>> MutantVerifiers { get; } = new()
    {
        ["no cofactor"] = claim => IsSameUpTo(claim, difference => difference.IsIdentity),
        ["half the cofactor"] = claim => IsSameUpTo(claim, difference => difference.Double().Double().IsIdentity),
        ["keys of small order refused"] = claim => Holds(claim)
            && EdwardsPoint.TryDecode(claim.PublicKey.Span, out EdwardsPoint key) && !key.MultiplyByCofactor().IsIdentity,
        ["keys only canonical"] = claim => Holds(claim) && CanonicalPoint.TryDecode(claim.PublicKey.Span, out _),
        ["nonces only canonical"] = claim => Holds(claim) && CanonicalPoint.TryDecode(claim.Signature.Span[..32], out _),
        ["S not compared with L"] = claim => Holds(claim with
        {
            Signature = Join(claim.Signature.Span[..32].ToArray(), Number(claim.Signature.Span[32..]) % Order),
        }),
    };

    [Theory]
    [MemberData(nameof(Mutants))]
    public void Verify_WithOneRuleChanged_FailsTheCornerCases(string mutant)
    {
        Func<SignatureClaim, bool> verify = MutantVerifiers[mutant];
        (SignatureClaim Claim, bool Valid)[] cases = [.. SmallOrderPairs(), .. MixedOrder(), .. UnreducedScalars(), .. CorruptedNonces()];

        Assert.All(cases, c => Assert.Equal(c.Valid, Holds(c.Claim)));
        Assert.Contains(cases, c => verify(c.Claim) != c.Valid);
    }

    [Fact]
    public void SmallOrderEncodings_AreFourteen() => Assert.Equal(14, SmallOrderEncodings.Length);

    [Fact]
    public void Verify_EverySmallOrderPair_IsAccepted() => Expect(SmallOrderPairs());

    [Fact]
    public void Verify_MixedOrderKeyOrNonce_IsAccepted() => Expect(MixedOrder());

    [Fact]
    public void Verify_ScalarNotReduced_IsRejected() => Expect(UnreducedScalars());

    private static List<(SignatureClaim Claim, bool Valid)> SmallOrderPairs()
    {
        // S = 0: 8·(0 − kA − R) = 0 whatever k is.
        var cases = new List<(SignatureClaim, bool)>();
        foreach (byte[] key in SmallOrderEncodings)
        {
            foreach (byte[] r in SmallOrderEncodings)
            {
                byte[] message = [.. r.Take(3), .. key.Take(2)];
                cases.Add((new SignatureClaim(key, message, Join(r, BigInteger.Zero)), true));
                cases.Add((new SignatureClaim(key, message, Join(r, BigInteger.One)), false));
                cases.Add((new SignatureClaim(key, message, Join(r, Order)), false));
            }
        }

        return cases;
    }

    private static List<(SignatureClaim Claim, bool Valid)> MixedOrder()
    {
        var random = new Random(11);
        var cases = new List<(SignatureClaim, bool)>();
        foreach (byte[] keyTwist in SmallOrderEncodings)
        {
            foreach (byte[] nonceTwist in SmallOrderEncodings)
            {
                SignatureClaim claim = SignWithTwist(random, keyTwist, nonceTwist);
                cases.Add((claim, true));
                cases.Add((Corrupt(claim, random), false));
            }
        }

        return cases;
    }

    private static List<(SignatureClaim Claim, bool Valid)> UnreducedScalars()
    {
        var random = new Random(12);
        var cases = new List<(SignatureClaim, bool)>();
        for (int i = 0; i < 20; i++)
        {
            (SignatureClaim good, _) = Signed(random, 30);
            byte[] r = good.Signature.Span[..32].ToArray();
            BigInteger s = Number(good.Signature.Span[32..]);
            cases.Add((good, true));
            cases.Add((good with { Signature = Join(r, s + Order) }, false));
            cases.Add((good with { Signature = Join(r, s + (8 * Order)) }, false));
            cases.Add((good with { Signature = Join(r, s + (BigInteger.One << 255)) }, false));
        }

        return cases;
    }

    [Fact]
    public void Verify_ScalarAtTheEdge_FollowsTheEquation()
    {
        // With A = identity the equation is 8(SB − R) = 0: S = L − 1 is good with R = −B, S = L is not.
        byte[] identity = Bytes(BigInteger.One);
        byte[] minusBase = Encode(-EdwardsPoint.Base);

        Expect(
        [
            (new SignatureClaim(identity, default, Join(minusBase, Order - 1)), true),
            (new SignatureClaim(identity, default, Join(minusBase, Order - 2)), false),
            (new SignatureClaim(identity, default, Join(identity, Order)), false),
            (new SignatureClaim(identity, default, Join(identity, BigInteger.Zero)), true),
        ]);
    }

    [Fact]
    public void Verify_BytesThatAreNoPoint_AreRejected()
    {
        var random = new Random(13);
        var cases = new List<(SignatureClaim, bool)>();
        (SignatureClaim good, _) = Signed(random, 30);
        var bytes = new byte[32];
        while (cases.Count < 100)
        {
            random.NextBytes(bytes);
            if (!EdwardsPoint.TryDecode(bytes, out _))
            {
                cases.Add((good with { PublicKey = bytes.ToArray() }, false));
                cases.Add((good with { Signature = Join(bytes.ToArray(), Number(good.Signature.Span[32..])) }, false));
                cases.Add((good, true));
            }
        }

        Expect(cases);
    }

    [Fact]
    public void Verify_CorruptedNonceOfRightForm_IsRejected() => Expect(CorruptedNonces());

    private static List<(SignatureClaim Claim, bool Valid)> CorruptedNonces()
    {
        // R is a point, of full or mixed order, but another one: only the equation can tell.
        var random = new Random(14);
        var cases = new List<(SignatureClaim, bool)>();
        for (int i = 0; i < 50; i++)
        {
            (SignatureClaim good, _) = Signed(random, 30);
            BigInteger s = Number(good.Signature.Span[32..]);
            Assert.True(EdwardsPoint.TryDecode(good.Signature.Span[..32], out EdwardsPoint r));
            cases.Add((good with { Signature = Join(Encode(-r), s) }, false));
            cases.Add((good with { Signature = Join(Encode(r + EdwardsPoint.Base), s) }, false));
            foreach (byte[] twist in SmallOrderEncodings.Where(e => !Decode(e).IsIdentity))
            {
                Assert.True(EdwardsPoint.TryDecode(twist, out EdwardsPoint small));
                cases.Add((good with { Signature = Join(Encode(r + small), s) }, false)); // k has changed too
            }
        }

        return cases;
    }

    private static bool Holds(SignatureClaim claim) =>
        Ed25519Equation.Holds(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span);

    /// <summary>Whether S·B − k·A and R differ by what is as good as nothing.</summary>
    private static bool IsSameUpTo(SignatureClaim claim, Func<EdwardsPoint, bool> isNothing) =>
        Ed25519Equation.TryComputeExpected(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span, out EdwardsPoint expected)
        && EdwardsPoint.TryDecode(claim.Signature.Span[..32], out EdwardsPoint r)
        && isNothing(expected - r);

    private static byte[][] FindSmallOrderEncodings()
    {
        // The y of the eight points: ±1, 0 and the two roots that doubling twice brings to (0, ±1).
        EdwardsPoint eighth = default;
        for (int y = 2; !IsOfOrderEight(eighth); y++)
        {
            if (EdwardsPoint.TryDecode(Bytes(y), out EdwardsPoint point))
            {
                eighth = MultiplyByOrder(point);
            }
        }

        var encodings = new List<byte[]>();
        EdwardsPoint multiple = EdwardsPoint.Identity;
        for (int i = 0; i < 8; i++)
        {
            encodings.AddRange(Spellings(Encode(multiple)));
            multiple += eighth;
        }

        return encodings.DistinctBy(Convert.ToHexString).ToArray();
    }

    private static bool IsOfOrderEight(in EdwardsPoint point) =>
        point.MultiplyByCofactor().IsIdentity && !point.Double().Double().IsIdentity;

    private static EdwardsPoint MultiplyByOrder(in EdwardsPoint point)
    {
        EdwardsPoint sum = EdwardsPoint.Identity;
        for (int bit = 252; bit >= 0; bit--)
        {
            sum = sum.Double();
            if (!((Order >> bit) & 1).IsZero)
            {
                sum += point;
            }
        }

        return sum;
    }

    /// <summary>Every encoding that decodes to the same point.</summary>
    private static IEnumerable<byte[]> Spellings(byte[] canonical)
    {
        BigInteger sign = Number(canonical) >> 255;
        BigInteger y = Number(canonical) - (sign << 255);
        BigInteger[] ys = y < 19 ? [y, y + FieldPrime] : [y];
        BigInteger[] signs = y.IsOne || y == FieldPrime - 1 ? [0, 1] : [sign];
        return ys.SelectMany(_ => signs, (value, s) => Bytes(value + (s << 255)));
    }

    /// <summary>Signs with the equation's own arithmetic: A = aB + keyTwist, R = rB + nonceTwist, S = r + ka.</summary>
    private static SignatureClaim SignWithTwist(Random random, byte[] keyTwist, byte[] nonceTwist)
    {
        BigInteger a = RandomScalar(random);
        BigInteger r = RandomScalar(random);
        byte[] key = Encode(MultiplyBase(a) + Decode(keyTwist));
        byte[] nonce = Encode(MultiplyBase(r) + Decode(nonceTwist));
        var message = new byte[random.Next(100)];
        random.NextBytes(message);
        BigInteger k = Number(SHA512.HashData([.. nonce, .. key, .. message]));
        return new SignatureClaim(key, message, Join(nonce, (r + (k * a)) % Order));
    }

    private static BigInteger RandomScalar(Random random)
    {
        var bytes = new byte[48];
        random.NextBytes(bytes);
        return Number(bytes) % Order;
    }

    private static EdwardsPoint MultiplyBase(BigInteger scalar) =>
        DoubleScalarProduct.Compute(Scalar25519.Parse(Bytes(scalar)), default, EdwardsPoint.Identity);

    private static EdwardsPoint Decode(byte[] bytes)
    {
        Assert.True(EdwardsPoint.TryDecode(bytes, out EdwardsPoint point));
        return point;
    }

    private static byte[] Encode(in EdwardsPoint point)
    {
        var bytes = new byte[32];
        point.Encode(bytes);
        return bytes;
    }

    private static byte[] Join(byte[] r, BigInteger s) => [.. r, .. Bytes(s)];
}
