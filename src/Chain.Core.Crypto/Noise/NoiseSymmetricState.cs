using System.Security.Cryptography;
using System.Text;

namespace Chain.Core.Crypto;

/// <summary>The chaining key, the transcript hash and the current cipher of a handshake (§5.2).</summary>
internal sealed class NoiseSymmetricState : IDisposable
{
    public const int HashSize = 32;

    private readonly byte[] _chainingKey = new byte[HashSize];
    private readonly byte[] _hash = new byte[HashSize];
    private NoiseCipher? _cipher;

    public NoiseSymmetricState(string protocolName)
    {
        byte[] name = Encoding.ASCII.GetBytes(protocolName);
        if (name.Length <= HashSize)
        {
            name.CopyTo(_hash, 0);
        }
        else
        {
            SHA256.HashData(name, _hash);
        }

        _hash.CopyTo(_chainingKey, 0);
    }

    public ReadOnlyMemory<byte> Hash => _hash;

    public int TagSize => _cipher is null ? 0 : NoiseCipher.TagSize;

    public void MixHash(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_hash);
        hash.AppendData(data);
        hash.GetHashAndReset(_hash);
    }

    public void MixKey(ReadOnlySpan<byte> inputKey)
    {
        Span<byte> outputs = stackalloc byte[2 * HashSize];
        Derive(inputKey, outputs);
        outputs[..HashSize].CopyTo(_chainingKey);
        Replace(outputs[HashSize..]);
        CryptographicOperations.ZeroMemory(outputs);
    }

    public void MixKeyAndHash(ReadOnlySpan<byte> inputKey)
    {
        Span<byte> outputs = stackalloc byte[3 * HashSize];
        Derive(inputKey, outputs);
        outputs[..HashSize].CopyTo(_chainingKey);
        MixHash(outputs.Slice(HashSize, HashSize));
        Replace(outputs[(2 * HashSize)..]);
        CryptographicOperations.ZeroMemory(outputs);
    }

    /// <summary>Encrypts where there is a key; returns the bytes written to the start of the destination.</summary>
    public int EncryptAndHash(ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        int written = plaintext.Length;
        if (_cipher is null)
        {
            plaintext.CopyTo(destination);
        }
        else if (!_cipher.TryEncrypt(_hash, plaintext, destination, out written))
        {
            // A handshake has a handful of messages a key: its counter cannot reach the end.
            throw new InvalidOperationException("The message counter of a handshake ran out.");
        }

        MixHash(destination[..written]);
        return written;
    }

    /// <summary>Checks and decrypts where there is a key; the plaintext has exactly the room for it.</summary>
    public bool TryDecryptAndHash(ReadOnlySpan<byte> message, Span<byte> plaintext)
    {
        if (_cipher is null)
        {
            message.CopyTo(plaintext);
        }
        else if (!_cipher.TryDecrypt(_hash, message, plaintext, out _))
        {
            return false;
        }

        MixHash(message);
        return true;
    }

    /// <summary>The ciphers of both directions (§5.2): first initiator to responder.</summary>
    public (NoiseCipher FromInitiator, NoiseCipher FromResponder) Split()
    {
        Span<byte> outputs = stackalloc byte[2 * HashSize];
        Derive(default, outputs);
        var ciphers = (new NoiseCipher(outputs[..HashSize]), new NoiseCipher(outputs[HashSize..]));
        CryptographicOperations.ZeroMemory(outputs);
        return ciphers;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_chainingKey);
        _cipher?.Dispose();
        _cipher = null;
    }

    private void Replace(ReadOnlySpan<byte> key)
    {
        _cipher?.Dispose();
        _cipher = new NoiseCipher(key);
    }

    /// <summary>The HKDF of §4.3, which is RFC 5869 with the chaining key as salt and no info.</summary>
    private void Derive(ReadOnlySpan<byte> inputKey, Span<byte> outputs) =>
        Hkdf.DeriveKey(inputKey, _chainingKey, default, outputs);
}
