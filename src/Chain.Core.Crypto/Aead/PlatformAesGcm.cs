using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>AES-256-GCM of the operating system's library.</summary>
internal sealed class PlatformAesGcm(ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly AesGcm _cipher = new(key, Aead.TagSize);

    public override void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated, Span<byte> sealedMessage) =>
        _cipher.Encrypt(
            nonce, plaintext, sealedMessage[..plaintext.Length], sealedMessage[plaintext.Length..], associated);

    public override bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedMessage, ReadOnlySpan<byte> associated, Span<byte> plaintext)
    {
        try
        {
            _cipher.Decrypt(
                nonce, sealedMessage[..plaintext.Length], sealedMessage[plaintext.Length..], plaintext, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public override void Dispose() => _cipher.Dispose();
}
