using Chain.Core.Crypto;

namespace Chain.Core.Ledger.Tests;

/// <summary>Signatures that anybody can make: SHA-256 of key and message. Fast enough for a hundred thousand.</summary>
internal sealed class FakeScheme : ISignatureScheme
{
    public const SignatureSchemeTag FakeTag = (SignatureSchemeTag)200;

    public SignatureSchemeTag Tag => FakeTag;

    public int PublicKeySize => 4;

    public int SignatureSize => 2 * Hash256.Size;

    public int Verified { get; private set; }

    /// <summary>The digest twice: no real signature is shorter, and the wire refuses transactions that are too small for one.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        byte[] digest = Sha256.Hash([.. publicKey, .. message]).ToArray();
        return [.. digest, .. digest];
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Sign(publicKey, message).AsSpan().SequenceEqual(signature);

    public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = Verify(claims[i].PublicKey.Span, claims[i].Message.Span, claims[i].Signature.Span);
            Verified++;
        }
    }
}
