using System.Security.Cryptography;
using System.Text;

namespace Chain.Core.Crypto;

/// <summary>The chaining key, the transcript hash and the current cipher of a handshake (§5.2).</summary>
internal sealed class NoiseSymmetricState : IDisposable
{
    private readonly AeadAlgorithm _algorithm;
    private readonly NoiseHash _function;
    private readonly byte[] _chainingKey;
    private readonly byte[] _hash;
    private NoiseCipher? _cipher;

    public NoiseSymmetricState(NoiseProtocol protocol)
    {
        _algorithm = protocol.Cipher;
        _function = protocol.Hash;
        _hash = new byte[_function.Size];
        byte[] name = Encoding.ASCII.GetBytes(protocol.Name);
        if (name.Length <= _hash.Length)
        {
            name.CopyTo(_hash, 0);
        }
        else
        {
            _function.Hash(name, default, _hash);
        }

        _chainingKey = [.. _hash];
    }

    public ReadOnlyMemory<byte> Hash => _hash;

    public int TagSize => _cipher is null ? 0 : NoiseCipher.TagSize;

    public void MixHash(ReadOnlySpan<byte> data) => _function.Hash(_hash, data, _hash);

    public void MixKey(ReadOnlySpan<byte> inputKey)
    {
        int size = _function.Size;
        Span<byte> outputs = stackalloc byte[2 * NoiseHash.LongestSize];
        _function.Derive(_chainingKey, inputKey, outputs[..(2 * size)]);
        outputs[..size].CopyTo(_chainingKey);
        Replace(outputs.Slice(size, Aead.KeySize));
        CryptographicOperations.ZeroMemory(outputs);
    }

    public void MixKeyAndHash(ReadOnlySpan<byte> inputKey)
    {
        int size = _function.Size;
        Span<byte> outputs = stackalloc byte[3 * NoiseHash.LongestSize];
        _function.Derive(_chainingKey, inputKey, outputs[..(3 * size)]);
        outputs[..size].CopyTo(_chainingKey);
        MixHash(outputs.Slice(size, size));
        Replace(outputs.Slice(2 * size, Aead.KeySize));
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
        int size = _function.Size;
        Span<byte> outputs = stackalloc byte[2 * NoiseHash.LongestSize];
        _function.Derive(_chainingKey, default, outputs[..(2 * size)]);
        var ciphers = (
            new NoiseCipher(_algorithm, outputs[..Aead.KeySize]), new NoiseCipher(_algorithm, outputs.Slice(size, Aead.KeySize)));
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
        _cipher = new NoiseCipher(_algorithm, key);
    }
}
