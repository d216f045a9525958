using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto;

/// <summary>
/// ML-DSA-65 (FIPS 204), pure: signatures that hold against quantum computers. The platform verifies where it can, else
/// BouncyCastle.
/// </summary>
public static class MLDsa65
{
    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicKeySize = 1952;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureSize = 3309;

    /// <summary>The longest context in bytes.</summary>
    public const int MaxContextSize = 255;

    /// <summary>The scheme behind its seam; its context is empty.</summary>
    public static ISignatureScheme Scheme { get; } = new MLDsa65Scheme();

    /// <summary>Whether <paramref name="signature"/> is valid under an empty context; wrong lengths are not.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Verify(publicKey, message, default, signature);

    /// <summary>
    /// Whether <paramref name="signature"/> is valid under <paramref name="context"/>; wrong lengths are not, nor is any
    /// under a context of more than 255 bytes.
    /// </summary>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeySize || signature.Length != SignatureSize || context.Length > MaxContextSize)
        {
            return false;
        }

        return PlatformMLDsa65.IsSupported
            ? PlatformMLDsa65.Verify(publicKey, message, context, signature)
            : PortableMLDsa.Verify(MLDsaParameters.ml_dsa_65, publicKey, message, context, signature);
    }

    /// <summary>
    /// Checks many signatures and gives each its exact verdict: <c>verdicts[i]</c> is what <see cref="Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    /// says of <c>claims[i]</c>. Runs on the calling thread, one after the other.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    public static void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts) => VerifyMany(claims, default, verdicts);

    /// <summary>As the other overload, with one context for all claims; above 255 bytes all verdicts are false.</summary>
    /// <exception cref="ArgumentException"><paramref name="verdicts"/> is shorter than <paramref name="claims"/>.</exception>
    public static void VerifyMany(ReadOnlySpan<SignatureClaim> claims, ReadOnlySpan<byte> context, Span<bool> verdicts)
    {
        SignatureClaim.RequireRoom(claims, verdicts);
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = Verify(claims[i].PublicKey.Span, claims[i].Message.Span, context, claims[i].Signature.Span);
        }
    }

    private sealed class MLDsa65Scheme : ISignatureScheme
    {
        public SignatureSchemeTag Tag => SignatureSchemeTag.MLDsa65;

        public int PublicKeySize => MLDsa65.PublicKeySize;

        public int SignatureSize => MLDsa65.SignatureSize;

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            MLDsa65.Verify(publicKey, message, signature);

        public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts) => MLDsa65.VerifyMany(claims, verdicts);
    }
}
