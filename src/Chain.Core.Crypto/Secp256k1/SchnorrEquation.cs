namespace Chain.Core.Crypto;

/// <summary>The verification equation of BIP-340: R = s·G − e·P has the stated x and an even y.</summary>
internal static class SchnorrEquation
{
    /// <summary>Claims that share one inversion.</summary>
    public const int GroupSize = 16;

    private const int StackMessageSize = 256;

    private static readonly HashDomain Challenge = new("BIP0340/challenge");

    /// <summary>R, if its x is the stated one; false for wrong lengths, ranges, points and another x.</summary>
    public static bool TryComputeR(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, out SecpPoint point)
    {
        point = default;
        if (publicKey.Length != SchnorrSecp256k1.PublicKeySize
            || signature.Length != SchnorrSecp256k1.SignatureSize
            || !SecpFieldElement.TryParse(signature[..32], out SecpFieldElement x)
            || !SecpScalar.TryParse(signature[32..], out SecpScalar s)
            || !SecpAffinePoint.TryLift(publicKey, odd: false, out SecpAffinePoint key))
        {
            return false;
        }

        SecpScalar e = SecpScalar.Parse(Hash256.AsSpan(ChallengeOf(signature[..32], publicKey, message)));
        point = SecpDoubleProduct.Compute(s, -e, key);
        return !point.IsInfinity && point.HasX(x);
    }

    /// <summary>Verifies at most <see cref="GroupSize"/> claims, with one inversion for all.</summary>
    public static void VerifyGroup(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
    {
        Span<SecpPoint> points = stackalloc SecpPoint[GroupSize];
        Span<SecpAffinePoint> affine = stackalloc SecpAffinePoint[GroupSize];
        int found = 0;
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = TryComputeR(
                claims[i].PublicKey.Span, claims[i].Message.Span, claims[i].Signature.Span, out points[found]);
            found += verdicts[i] ? 1 : 0;
        }

        SecpNormalization.ToAffine(points[..found], affine);
        found = 0;
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = verdicts[i] && !affine[found++].Y.IsOdd;
        }
    }

    /// <summary>The tagged hash of x(R) ‖ P ‖ message: e before it is taken modulo n.</summary>
    public static Hash256 ChallengeOf(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        int length = 64 + message.Length;
        Span<byte> input = message.Length <= StackMessageSize ? stackalloc byte[64 + StackMessageSize] : new byte[length];
        r.CopyTo(input);
        publicKey.CopyTo(input[32..]);
        message.CopyTo(input[64..]);
        return Challenge.Hash(input[..length]);
    }
}
