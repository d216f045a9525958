namespace Chain.Core.Crypto;

/// <summary>Schnorr signatures over secp256k1 as in BIP-340: x-only public keys, messages of any length.</summary>
public static class SchnorrSecp256k1
{
    /// <summary>Length of a public key in bytes: the x-coordinate; y is even.</summary>
    public const int PublicKeySize = 32;

    /// <summary>Length of a signature in bytes: the x-coordinate of R, then s.</summary>
    public const int SignatureSize = 64;

    /// <summary>The scheme behind its seam.</summary>
    public static ISignatureScheme Scheme { get; } = new SchnorrScheme();

    /// <summary>Whether <paramref name="signature"/> is valid by BIP-340; wrong lengths are not.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        SchnorrEquation.TryComputeR(publicKey, message, signature, out SecpPoint r)
        && !r.ToAffine(r.Z.Invert()).Y.IsOdd;

    /// <summary>
    /// Checks many signatures and gives each its exact verdict: <c>verdicts[i]</c> is what <see cref="Verify"/> says of
    /// <c>claims[i]</c>. Runs on the calling thread.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    public static void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
    {
        SignatureClaim.RequireRoom(claims, verdicts);

        for (int start = 0; start < claims.Length; start += SchnorrEquation.GroupSize)
        {
            int count = Math.Min(SchnorrEquation.GroupSize, claims.Length - start);
            SchnorrEquation.VerifyGroup(claims.Slice(start, count), verdicts.Slice(start, count));
        }
    }

    private sealed class SchnorrScheme : ISignatureScheme
    {
        public SignatureSchemeTag Tag => SignatureSchemeTag.SchnorrSecp256k1;

        public int PublicKeySize => SchnorrSecp256k1.PublicKeySize;

        public int SignatureSize => SchnorrSecp256k1.SignatureSize;

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            SchnorrSecp256k1.Verify(publicKey, message, signature);

        public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts) =>
            SchnorrSecp256k1.VerifyMany(claims, verdicts);
    }
}
