using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace Chain.Core.Crypto;

/// <summary>
/// An ECDSA private key on secp256k1. Signing is BouncyCastle's: deterministic nonces (RFC 6979 with SHA-256), s brought to
/// the lower half. The secret is zeroed on <see cref="Dispose"/>; the numbers that BouncyCastle makes of it while signing
/// are immutable objects, left to the garbage collector.
/// </summary>
public sealed class EcdsaSecp256k1PrivateKey : ISigner, IDisposable
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int SecretSize = WeierstrassGroup.ScalarSize;

    private readonly byte[] _secret;
    private readonly byte[] _publicKey;
    private bool _disposed;

    /// <summary>Takes a copy of the 32-byte big-endian secret; entropy is the caller's affair.</summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="secret"/> is not 32 bytes long, zero, or not below the order of the group.
    /// </exception>
    public EcdsaSecp256k1PrivateKey(ReadOnlySpan<byte> secret)
    {
        WeierstrassGroup.Secp256k1.CheckPrivateKey(secret, nameof(secret));
        _secret = secret.ToArray();
        _publicKey = WeierstrassGroup.Secp256k1.PublicKeyOf(secret);
    }

    /// <inheritdoc/>
    public SignatureSchemeTag Scheme => SignatureSchemeTag.EcdsaSecp256k1;

    /// <summary>The 33-byte compressed public key.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Signs SHA-256 of <paramref name="message"/>: 64 bytes r ‖ s with low s.</summary>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[EcdsaSecp256k1.HashSize];
        SHA256.HashData(message, hash);
        return SignHash(hash);
    }

    /// <summary>Signs a 32-byte hash: 64 bytes r ‖ s with low s.</summary>
    /// <exception cref="ArgumentException"><paramref name="hash"/> is not 32 bytes long.</exception>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public byte[] SignHash(ReadOnlySpan<byte> hash)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (hash.Length != EcdsaSecp256k1.HashSize)
        {
            throw new ArgumentException($"A hash has {EcdsaSecp256k1.HashSize} bytes, not {hash.Length}.", nameof(hash));
        }

        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        ECDomainParameters domain = WeierstrassGroup.Secp256k1.Domain;
        signer.Init(true, new ECPrivateKeyParameters(new BigInteger(1, _secret), domain));
        BigInteger[] pair = signer.GenerateSignature(hash.ToArray());
        BigInteger s = pair[1];
        BigInteger other = domain.N.Subtract(s);
        var signature = new byte[EcdsaSecp256k1.SignatureSize];
        BigIntegers.AsUnsignedByteArray(pair[0], signature.AsSpan(0, SecretSize));
        BigIntegers.AsUnsignedByteArray(s.CompareTo(other) > 0 ? other : s, signature.AsSpan(SecretSize));
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        _disposed = true;
    }
}
