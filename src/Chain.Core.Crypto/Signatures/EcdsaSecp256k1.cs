using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// ECDSA over secp256k1 (SEC 1, SEC 2) with compact signatures r ‖ s, 32 bytes big-endian each. Strict: 0 &lt; r &lt; n,
/// 0 &lt; s ≤ n/2, so that nobody can change a signature into another one of the same message.
/// </summary>
public static class EcdsaSecp256k1
{
    /// <summary>Length of a compressed public key in bytes (SEC 1, 2.3.3).</summary>
    public const int PublicKeySize = SecpAffinePoint.CompressedSize;

    /// <summary>Length of an uncompressed public key in bytes; see <see cref="TryCompressPublicKey"/>.</summary>
    public const int UncompressedPublicKeySize = SecpAffinePoint.UncompressedSize;

    /// <summary>Length of a signature in bytes: r ‖ s.</summary>
    public const int SignatureSize = 64;

    /// <summary>Length of a message hash in bytes.</summary>
    public const int HashSize = 32;

    /// <summary>The scheme behind its seam: compressed keys, messages hashed with SHA-256.</summary>
    public static ISignatureScheme Scheme { get; } = new EcdsaScheme();

    /// <summary>Whether <paramref name="signature"/> is valid for SHA-256 of the message; wrong lengths are not.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HashSize];
        SHA256.HashData(message, hash);
        return VerifyHash(publicKey, hash, signature);
    }

    /// <summary>Whether <paramref name="signature"/> is valid for a message with this 32-byte hash; wrong lengths are not.</summary>
    public static bool VerifyHash(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) =>
        EcdsaEquation.TryRead(publicKey, hash, signature, out EcdsaEquation equation)
        && equation.Holds(equation.S.Invert());

    /// <summary>
    /// Checks many signatures and gives each its exact verdict: <c>verdicts[i]</c> is what <see cref="Verify"/> says of
    /// <c>claims[i]</c>. Runs on the calling thread.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    public static void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts) =>
        VerifyMany(claims, verdicts, areHashes: false);

    /// <summary>
    /// As <see cref="VerifyMany(ReadOnlySpan{SignatureClaim}, Span{bool})"/> where the message of each claim is a 32-byte hash already: <c>verdicts[i]</c> is what
    /// <see cref="VerifyHash"/> says of <c>claims[i]</c>.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    public static void VerifyManyHashes(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts) =>
        VerifyMany(claims, verdicts, areHashes: true);

    /// <summary>
    /// Reads a public key of 33 bytes (compressed) or 65 bytes (uncompressed; the hybrid form is not taken) and writes its
    /// 33 bytes. False for anything else, for coordinates outside the field and for points off the curve.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="compressed"/> is shorter than 33 bytes.</exception>
    public static bool TryCompressPublicKey(ReadOnlySpan<byte> publicKey, Span<byte> compressed)
    {
        if (compressed.Length < PublicKeySize)
        {
            throw new ArgumentException($"A compressed key needs {PublicKeySize} bytes.", nameof(compressed));
        }

        if (!SecpAffinePoint.TryDecode(publicKey, out SecpAffinePoint point))
        {
            return false;
        }

        point.Encode(compressed);
        return true;
    }

    private static void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, bool areHashes)
    {
        SignatureClaim.RequireRoom(claims, verdicts);
        for (int start = 0; start < claims.Length; start += EcdsaEquation.GroupSize)
        {
            int count = Math.Min(EcdsaEquation.GroupSize, claims.Length - start);
            EcdsaEquation.VerifyGroup(claims.Slice(start, count), areHashes, verdicts.Slice(start, count));
        }
    }

    private sealed class EcdsaScheme : ISignatureScheme
    {
        public SignatureSchemeTag Tag => SignatureSchemeTag.EcdsaSecp256k1;

        public int PublicKeySize => EcdsaSecp256k1.PublicKeySize;

        public int SignatureSize => EcdsaSecp256k1.SignatureSize;

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            EcdsaSecp256k1.Verify(publicKey, message, signature);

        public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts) =>
            EcdsaSecp256k1.VerifyMany(claims, verdicts);
    }
}
