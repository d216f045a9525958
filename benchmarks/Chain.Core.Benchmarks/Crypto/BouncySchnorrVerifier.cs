using Chain.Core.Crypto;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>BIP-340 verification made of BouncyCastle's points and numbers, with the keys decoded beforehand.</summary>
internal sealed class BouncySchnorrVerifier(X9ECParameters curve, SignatureClaim[] claims)
{
    private static readonly HashDomain Challenge = new("BIP0340/challenge");

    private readonly ECPoint[] _keys =
        [.. claims.Select(claim => curve.Curve.DecodePoint([2, .. claim.PublicKey.Span]))];

    public void Verify(bool[] verdicts)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = Verify(claims[i], _keys[i]);
        }
    }

    private bool Verify(SignatureClaim claim, ECPoint key)
    {
        ReadOnlySpan<byte> signature = claim.Signature.Span;
        byte[] input = [.. signature[..32], .. claim.PublicKey.Span, .. claim.Message.Span];
        var e = new BigInteger(1, Challenge.Hash(input).ToArray());
        var s = new BigInteger(1, signature[32..]);
        ECPoint r = ECAlgorithms.SumOfTwoMultiplies(curve.G, s, key, e.Negate().Mod(curve.N)).Normalize();
        return !r.IsInfinity
            && !r.AffineYCoord.TestBitZero()
            && r.AffineXCoord.GetEncoded().AsSpan().SequenceEqual(signature[..32]);
    }
}
