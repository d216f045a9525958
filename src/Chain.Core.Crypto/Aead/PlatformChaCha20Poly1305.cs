using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>ChaCha20-Poly1305 of the operating system's library.</summary>
internal sealed class PlatformChaCha20Poly1305(ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly ChaCha20Poly1305 _cipher = new(key);

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
