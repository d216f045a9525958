using System.Security.Cryptography;
using Org.BouncyCastle.Math;
using EcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Chain.Core.Crypto;

/// <summary>
/// A BIP-340 private key. BouncyCastle has no BIP-340, so signing is composed of its point multiplication and its numbers.
/// The secret is zeroed on <see cref="Dispose"/>; numbers made of it while signing are immutable objects, left to the
/// garbage collector.
/// </summary>
public sealed class SchnorrSecp256k1PrivateKey : ISigner, IDisposable
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int SecretSize = SecpSigning.SecretSize;

    /// <summary>Length of the auxiliary randomness in bytes.</summary>
    public const int AuxiliarySize = 32;

    private const int StackMessageSize = 256;

    private static readonly HashDomain Auxiliary = new("BIP0340/aux");
    private static readonly HashDomain Nonce = new("BIP0340/nonce");

    private readonly byte[] _secret;
    private readonly byte[] _publicKey;
    private bool _disposed;

    /// <summary>Takes a copy of the 32-byte big-endian secret; entropy is the caller's affair.</summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="secret"/> is not 32 bytes long, zero, or not below the order of the group.
    /// </exception>
    public SchnorrSecp256k1PrivateKey(ReadOnlySpan<byte> secret)
    {
        BigInteger number = SecpSigning.Parse(secret, nameof(secret));
        EcPoint point = SecpSigning.MultiplyBase(number);
        _publicKey = point.AffineXCoord.GetEncoded();
        _secret = secret.ToArray();
        if (SecpSigning.HasOddY(point))
        {
            // Only the key with an even y is ever used.
            SecpSigning.CopyTo(SecpSigning.Domain.N.Subtract(number), _secret);
        }
    }

    /// <inheritdoc/>
    public SignatureSchemeTag Scheme => SignatureSchemeTag.SchnorrSecp256k1;

    /// <summary>The 32-byte x-only public key.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Signs <paramref name="message"/> without auxiliary randomness (32 zero bytes, as BIP-340 allows): 64 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message) => Sign(message, stackalloc byte[AuxiliarySize]);

    /// <summary>Signs <paramref name="message"/> with 32 bytes of auxiliary randomness: 64 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="auxiliary"/> is not 32 bytes long.</exception>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> auxiliary)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (auxiliary.Length != AuxiliarySize)
        {
            throw new ArgumentException($"Auxiliary randomness has {AuxiliarySize} bytes, not {auxiliary.Length}.", nameof(auxiliary));
        }

        BigInteger n = SecpSigning.Domain.N;
        BigInteger k = DeriveNonce(message, auxiliary);
        EcPoint r = SecpSigning.MultiplyBase(k);
        k = SecpSigning.HasOddY(r) ? n.Subtract(k) : k;
        var signature = new byte[SchnorrSecp256k1.SignatureSize];
        r.AffineXCoord.EncodeTo(signature);
        Hash256 challenge = SchnorrEquation.ChallengeOf(signature.AsSpan(0, 32), _publicKey, message);
        var e = new BigInteger(1, Hash256.AsSpan(challenge));
        BigInteger s = e.Multiply(new BigInteger(1, _secret)).Add(k).Mod(n);
        SecpSigning.CopyTo(s, signature.AsSpan(32));

        // A fault in the computation could give the key away: BIP-340 wants the signature checked before it leaves.
        return SchnorrSecp256k1.Verify(_publicKey, message, signature)
            ? signature
            : throw new CryptographicException("The signature just made does not verify.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        _disposed = true;
    }

    /// <summary>The nonce of BIP-340: the tagged hash of (secret ⊕ hash of the randomness) ‖ key ‖ message, modulo n.</summary>
    private BigInteger DeriveNonce(ReadOnlySpan<byte> message, ReadOnlySpan<byte> auxiliary)
    {
        int length = 64 + message.Length;
        Span<byte> input = message.Length <= StackMessageSize ? stackalloc byte[64 + StackMessageSize] : new byte[length];
        input = input[..length];
        Auxiliary.Hash(auxiliary).CopyTo(input);
        for (int i = 0; i < SecretSize; i++)
        {
            input[i] ^= _secret[i];
        }

        _publicKey.CopyTo(input[32..]);
        message.CopyTo(input[64..]);
        BigInteger nonce = new BigInteger(1, Hash256.AsSpan(Nonce.Hash(input))).Mod(SecpSigning.Domain.N);
        CryptographicOperations.ZeroMemory(input);
        return nonce.SignValue != 0
            ? nonce
            : throw new CryptographicException("A nonce of zero; its probability is 2⁻²⁵⁶.");
    }
}
