namespace Chain.Core.Crypto;

/// <summary>Ed25519 signatures (RFC 8032).</summary>
public static class Ed25519
{
    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicKeySize = 32;

    /// <summary>Length of a signature in bytes: R ‖ S.</summary>
    public const int SignatureSize = 64;

    /// <summary>The scheme behind its seam.</summary>
    public static ISignatureScheme Scheme { get; } = new Ed25519Scheme();

    /// <summary>Whether <paramref name="signature"/> is valid by the rules of ZIP-215; wrong lengths are not.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        CryptoPath.Avx2.IsSupported()
            ? QuadVerifier.Holds(publicKey, message, signature)
            : Ed25519Equation.Holds(publicKey, message, signature);

    /// <summary>As the other overload with <see cref="CryptoPath.Auto"/>.</summary>
    /// <param name="claims">What to check; wrong lengths are a false verdict.</param>
    /// <param name="verdicts">Takes one verdict a claim; what lies beyond is left alone.</param>
    /// <param name="cache">Tables of keys that sign often, or null.</param>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    public static void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, Ed25519KeyCache? cache) =>
        VerifyMany(claims, verdicts, CryptoPath.Auto, cache);

    /// <summary>
    /// Checks many signatures and gives each its exact verdict: <c>verdicts[i]</c> is what <see cref="Verify"/> says of
    /// <c>claims[i]</c>, on every path, with and without a cache. Runs on the calling thread.
    /// </summary>
    /// <param name="claims">What to check; wrong lengths are a false verdict.</param>
    /// <param name="verdicts">Takes one verdict a claim; what lies beyond is left alone.</param>
    /// <param name="path">The instructions to use.</param>
    /// <param name="cache">Tables of keys that sign often, or null. It does not change; the portable path makes no use of it.</param>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine does not support <paramref name="path"/>.</exception>
    public static void VerifyMany(
        ReadOnlySpan<SignatureClaim> claims,
        Span<bool> verdicts,
        CryptoPath path = CryptoPath.Auto,
        Ed25519KeyCache? cache = null)
    {
        SignatureClaim.RequireRoom(claims, verdicts);
        if (path == CryptoPath.Auto && claims.Length == 1)
        {
            // Alone, even under a known key: half the doublings, with all lanes at work on them, against a quarter with one at work.
            verdicts[0] = Verify(claims[0].PublicKey.Span, claims[0].Message.Span, claims[0].Signature.Span);
            return;
        }

        switch (Choose(path, claims.Length))
        {
            case CryptoPath.Avx512:
                LaneVerifier<LaneField512, LaneSha512x8>.Verify(claims, verdicts, cache);
                break;
            case CryptoPath.Avx2:
                LaneVerifier<LaneField256, LaneSha512x4>.Verify(claims, verdicts, cache);
                break;
            default:
                PortableVerifier.Verify(claims, verdicts);
                break;
        }
    }

    /// <summary>A group costs the same however full it is, so few claims take the narrower lanes.</summary>
    private static CryptoPath Choose(CryptoPath path, int claims) =>
        path == CryptoPath.Auto && claims <= LaneField256.Lanes && CryptoPath.Avx2.IsSupported()
            ? CryptoPath.Avx2
            : path.Resolve();

    private sealed class Ed25519Scheme : ISignatureScheme
    {
        public SignatureSchemeTag Tag => SignatureSchemeTag.Ed25519;

        public int PublicKeySize => Ed25519.PublicKeySize;

        public int SignatureSize => Ed25519.SignatureSize;

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            Ed25519.Verify(publicKey, message, signature);

        public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts) =>
            Ed25519.VerifyMany(claims, verdicts);
    }
}
