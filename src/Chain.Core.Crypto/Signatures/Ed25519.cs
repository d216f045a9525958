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

    /// <summary>Whether <paramref name="signature"/> is valid; wrong lengths are not.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeySize
        && signature.Length == SignatureSize
        && Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Verify(
            signature.ToArray(), 0, publicKey.ToArray(), 0, message.ToArray(), 0, message.Length);

    private sealed class Ed25519Scheme : ISignatureScheme
    {
        public SignatureSchemeTag Tag => SignatureSchemeTag.Ed25519;

        public int PublicKeySize => Ed25519.PublicKeySize;

        public int SignatureSize => Ed25519.SignatureSize;

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            Ed25519.Verify(publicKey, message, signature);

        public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
        {
            for (int i = 0; i < claims.Length; i++)
            {
                verdicts[i] = Verify(claims[i].PublicKey.Span, claims[i].Message.Span, claims[i].Signature.Span);
            }
        }
    }
}
