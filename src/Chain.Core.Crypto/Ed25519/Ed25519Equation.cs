using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// The verification equation of ZIP-215, portable and one signature at a time: the reference for every other path.
/// </summary>
/// <remarks>
/// Accepted is: S &lt; L; A and R decode (non-canonical encodings included); 8·(S·B − k·A − R) = 0 with
/// k = SHA-512(R ‖ A ‖ M) over the bytes as given.
/// </remarks>
internal static class Ed25519Equation
{
    private const int StackMessageSize = 960;

    /// <summary>Whether the lengths are right and S is below L.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        publicKey.Length == Ed25519.PublicKeySize
        && signature.Length == Ed25519.SignatureSize
        && Scalar25519.TryParseCanonical(signature[32..], out _);

    /// <summary>Whether the signature is valid; wrong lengths are not.</summary>
    public static bool Holds(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        TryComputeExpected(publicKey, message, signature, out EdwardsPoint expected)
        && Matches(expected, expected.Z.Invert(), signature[..32]);

    /// <summary>S·B − k·A; false where the lengths, S or A are wrong already.</summary>
    public static bool TryComputeExpected(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, out EdwardsPoint expected)
    {
        if (!IsWellFormed(publicKey, signature) || !EdwardsPoint.TryDecode(publicKey, out EdwardsPoint a))
        {
            expected = EdwardsPoint.Identity;
            return false;
        }

        Scalar25519 k = Challenge(signature[..32], publicKey, message);
        Scalar25519 s = Scalar25519.Parse(signature[32..]);
        expected = DoubleScalarProduct.Compute(s, k, -a);
        return true;
    }

    /// <summary>k = SHA-512(R ‖ A ‖ M) modulo L.</summary>
    public static Scalar25519 Challenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        if (message.Length <= StackMessageSize)
        {
            Span<byte> joined = stackalloc byte[64 + StackMessageSize];
            r.CopyTo(joined);
            publicKey.CopyTo(joined[32..]);
            message.CopyTo(joined[64..]);
            SHA512.HashData(joined[..(64 + message.Length)], digest);
        }
        else
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
            hash.AppendData(r);
            hash.AppendData(publicKey);
            hash.AppendData(message);
            hash.GetHashAndReset(digest);
        }

        return Scalar25519.Reduce(digest);
    }

    /// <summary>
    /// Whether 8·(expected − R) = 0. R is decoded only where its bytes are not the canonical ones of
    /// <paramref name="expected"/>: equal bytes decode to an equal point.
    /// </summary>
    public static bool Matches(in EdwardsPoint expected, in FieldElement inverseOfZ, ReadOnlySpan<byte> r)
    {
        Span<byte> encoded = stackalloc byte[FieldElement.Size];
        expected.Encode(encoded, inverseOfZ);
        return encoded.SequenceEqual(r) || MatchesUpToCofactor(expected, r);
    }

    /// <summary>The slow way: decodes R. An attacker can force it, at the price of one square root.</summary>
    public static bool MatchesUpToCofactor(in EdwardsPoint expected, ReadOnlySpan<byte> r) =>
        EdwardsPoint.TryDecode(r, out EdwardsPoint point) && (expected - point).MultiplyByCofactor().IsIdentity;
}
