using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// One key of an authenticated cipher. A sealed message is the ciphertext followed by the 16-byte tag.
/// One thread at a time; a nonce must never be used twice to seal.
/// </summary>
public sealed class Aead : IDisposable
{
    /// <summary>Length of every key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes that sealing adds.</summary>
    public const int TagSize = 16;

    private readonly AeadCipher _cipher;

    /// <summary>Takes a copy of <paramref name="key"/>.</summary>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The algorithm is unknown.</exception>
    public Aead(AeadAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        Sizes.Require(key.Length, KeySize, nameof(key));
        NonceSize = NonceSizeOf(algorithm);
        Algorithm = algorithm;
        _cipher = Create(algorithm, key);
    }

    /// <summary>The cipher.</summary>
    public AeadAlgorithm Algorithm { get; }

    /// <summary>Length of a nonce in bytes.</summary>
    public int NonceSize { get; }

    /// <summary>Length in bytes of a nonce of <paramref name="algorithm"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The algorithm is unknown.</exception>
    public static int NonceSizeOf(AeadAlgorithm algorithm) => algorithm switch
    {
        AeadAlgorithm.ChaCha20Poly1305 or AeadAlgorithm.Aes256Gcm => 12,
        AeadAlgorithm.XChaCha20Poly1305 => 24,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> bytes, never used before with this key.</param>
    /// <param name="plaintext">What is to be hidden; may be empty.</param>
    /// <param name="associated">What is authenticated but not sent.</param>
    /// <param name="sealedMessage">
    /// Exactly <see cref="TagSize"/> bytes longer than the plaintext; may start where the plaintext starts.
    /// </param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated, Span<byte> sealedMessage)
    {
        Sizes.Require(nonce.Length, NonceSize, nameof(nonce));
        Sizes.Require(sealedMessage.Length, plaintext.Length + TagSize, nameof(sealedMessage));
        _cipher.Seal(nonce, plaintext, associated, sealedMessage);
    }

    /// <summary>Checks and decrypts.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> bytes.</param>
    /// <param name="sealedMessage">As a peer sent it; any length.</param>
    /// <param name="associated">The same as when it was sealed.</param>
    /// <param name="plaintext">
    /// Room for <see cref="TagSize"/> bytes less than the sealed message; may start where that starts.
    /// Zeros where the result is false.
    /// </param>
    /// <returns>False where one bit of key, nonce, message or associated data differs.</returns>
    /// <exception cref="ArgumentException">The nonce has a wrong length, or the plaintext does not fit.</exception>
    public bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedMessage, ReadOnlySpan<byte> associated, Span<byte> plaintext)
    {
        Sizes.Require(nonce.Length, NonceSize, nameof(nonce));
        if (sealedMessage.Length < TagSize)
        {
            return false;
        }

        int length = sealedMessage.Length - TagSize;
        Sizes.RequireAtLeast(plaintext.Length, length, nameof(plaintext));
        if (_cipher.TryOpen(nonce, sealedMessage, associated, plaintext[..length]))
        {
            return true;
        }

        plaintext[..length].Clear();
        return false;
    }

    /// <summary>Releases the key.</summary>
    public void Dispose() => _cipher.Dispose();

    private static AeadCipher Create(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        AeadAlgorithm.ChaCha20Poly1305 when ChaCha20Poly1305.IsSupported => new PlatformChaCha20Poly1305(key),
        AeadAlgorithm.Aes256Gcm when AesGcm.IsSupported => new PlatformAesGcm(key),
        _ => new PortableAead(algorithm, key),
    };
}
