using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// One direction of an encrypted channel: a key and a message counter (Noise revision 34, §5.1).
/// Messages must be decrypted in the order in which they were encrypted. One thread at a time.
/// </summary>
public sealed class NoiseCipher : IDisposable
{
    /// <summary>The longest message on the wire in bytes (§3).</summary>
    public const int MaxMessageSize = 65535;

    /// <summary>Bytes that encryption adds.</summary>
    public const int TagSize = Aead.TagSize;

    /// <summary>The longest plaintext of one message in bytes.</summary>
    public const int MaxPlaintextSize = MaxMessageSize - TagSize;

    private const int KeySize = Aead.KeySize;
    private const int NonceSize = 12;

    private readonly AeadAlgorithm _algorithm;
    private Aead _aead;
    private ulong _nonce;

    internal NoiseCipher(AeadAlgorithm algorithm, ReadOnlySpan<byte> key, ulong firstNonce = 0)
    {
        _algorithm = algorithm;
        _aead = new Aead(algorithm, key);
        _nonce = firstNonce;
    }

    /// <summary>The number of the next message.</summary>
    public ulong Nonce => _nonce;

    /// <summary>Whether every number was used: 2⁶⁴−1 is reserved for <see cref="Rekey"/> (§5.1).</summary>
    public bool IsExhausted => _nonce == ulong.MaxValue;

    /// <summary>Encrypts one message.</summary>
    /// <param name="plaintext">At most <see cref="MaxPlaintextSize"/> bytes.</param>
    /// <param name="destination">At least <see cref="TagSize"/> bytes longer; may start where the plaintext starts.</param>
    /// <param name="written">Bytes written; 0 where the result is false.</param>
    /// <returns>False once the message counter is at its end.</returns>
    /// <exception cref="ArgumentException">The plaintext is too long or the destination too short.</exception>
    public bool TryEncrypt(ReadOnlySpan<byte> plaintext, Span<byte> destination, out int written)
    {
        if (plaintext.Length > MaxPlaintextSize)
        {
            throw new ArgumentException($"A message carries at most {MaxPlaintextSize} bytes.", nameof(plaintext));
        }

        Sizes.RequireAtLeast(destination.Length, plaintext.Length + TagSize, nameof(destination));
        return TryEncrypt(default, plaintext, destination, out written);
    }

    /// <summary>Checks and decrypts one message of the peer.</summary>
    /// <param name="message">Any bytes.</param>
    /// <param name="destination">Room for the message less its tag; may start where the message starts.</param>
    /// <param name="written">Bytes written; 0 where the result is false.</param>
    /// <returns>
    /// False where the message is too short, too long, tampered with, replayed or out of order, or the counter is
    /// at its end. The counter then stays (§5.1); a channel over a reliable stream is best closed.
    /// </returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public bool TryDecrypt(ReadOnlySpan<byte> message, Span<byte> destination, out int written)
    {
        if (message.Length is < TagSize or > MaxMessageSize)
        {
            written = 0;
            return false;
        }

        Sizes.RequireAtLeast(destination.Length, message.Length - TagSize, nameof(destination));
        return TryDecrypt(default, message, destination, out written);
    }

    /// <summary>
    /// Replaces the key by a one-way function of itself (§4.2, §11.3); the counter goes on. Both sides must do so
    /// at the same message.
    /// </summary>
    public void Rekey()
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(nonce, ulong.MaxValue);
        Span<byte> output = stackalloc byte[KeySize + TagSize];
        _aead.Seal(nonce, stackalloc byte[KeySize], default, output);
        _aead.Dispose();
        _aead = new Aead(_algorithm, output[..KeySize]);
        CryptographicOperations.ZeroMemory(output);
    }

    /// <summary>Releases the key.</summary>
    public void Dispose() => _aead.Dispose();

    internal bool TryEncrypt(
        ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plaintext, Span<byte> destination, out int written)
    {
        written = 0;
        if (IsExhausted)
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(nonce, _nonce);
        _aead.Seal(nonce, plaintext, associated, destination[..(plaintext.Length + TagSize)]);
        _nonce++;
        written = plaintext.Length + TagSize;
        return true;
    }

    internal bool TryDecrypt(
        ReadOnlySpan<byte> associated, ReadOnlySpan<byte> message, Span<byte> destination, out int written)
    {
        written = 0;
        if (IsExhausted)
        {
            return false;
        }

        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(nonce, _nonce);
        if (!_aead.TryOpen(nonce, message, associated, destination))
        {
            return false;
        }

        _nonce++;
        written = message.Length - TagSize;
        return true;
    }

    /// <summary>32 zero bits, then the counter: little-endian for ChaChaPoly (§12.3), big-endian for AESGCM (§12.4).</summary>
    private void WriteNonce(Span<byte> nonce, ulong value)
    {
        nonce.Clear();
        if (_algorithm == AeadAlgorithm.Aes256Gcm)
        {
            BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], value);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], value);
        }
    }
}
