using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto;

/// <summary>An Ed25519 private key (RFC 8032). The seed is zeroed on <see cref="Dispose"/>.</summary>
public sealed class Ed25519PrivateKey : ISigner, IDisposable
{
    /// <summary>Length of the seed in bytes.</summary>
    public const int SeedSize = 32;

    private readonly byte[] _seed;
    private readonly byte[] _publicKey;
    private readonly Ed25519PrivateKeyParameters _parameters;

    /// <summary>Takes a copy of the 32-byte seed; entropy is the caller's affair.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    public Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"An Ed25519 seed has {SeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        _seed = seed.ToArray();
        _parameters = new Ed25519PrivateKeyParameters(_seed);
        _publicKey = _parameters.GeneratePublicKey().GetEncoded();
    }

    /// <inheritdoc/>
    public SignatureSchemeTag Scheme => SignatureSchemeTag.Ed25519;

    /// <summary>The 32-byte public key.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Signs <paramref name="message"/> (pure Ed25519): 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        byte[] copy = message.ToArray();
        _parameters.Sign(
            Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, copy, 0, copy.Length, signature, 0);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_seed);
}
