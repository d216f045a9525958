using System.Security.Cryptography;
using EcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Chain.Core.Crypto;

/// <summary>
/// A BIP-340 private key. BouncyCastle has no BIP-340, so signing is composed of its point multiplication and of our
/// constant-time arithmetic modulo n. The secret is zeroed on <see cref="Dispose"/>; what BouncyCastle makes of it is left to
/// the garbage collector.
/// </summary>
public sealed class SchnorrSecp256k1PrivateKey : ISigner, IDisposable
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int SecretSize = WeierstrassGroup.ScalarSize;

    /// <summary>Length of the auxiliary randomness in bytes.</summary>
    public const int AuxiliarySize = 32;

    private const int StackMessageSize = 256;

    private static readonly WeierstrassGroup Group = WeierstrassGroup.Secp256k1;
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
        Group.CheckPrivateKey(secret, nameof(secret));
        EcPoint point = Group.MultiplyBase(secret);
        _publicKey = point.AffineXCoord.GetEncoded();

        // Only the key with an even y is ever used.
        _secret = secret.ToArray();
        Group.Scalars.NegateIfOdd(LastByteOfY(point), _secret);
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

        Span<byte> k = stackalloc byte[SecretSize];
        DeriveNonce(message, auxiliary, k);
        EcPoint r = Group.MultiplyBase(k);
        Group.Scalars.NegateIfOdd(LastByteOfY(r), k);
        var signature = new byte[SchnorrSecp256k1.SignatureSize];
        r.AffineXCoord.EncodeTo(signature);
        Hash256 e = SchnorrEquation.ChallengeOf(signature.AsSpan(0, SecretSize), _publicKey, message);
        Group.Scalars.MultiplyAdd(Hash256.AsSpan(e), _secret, k, signature.AsSpan(SecretSize));
        CryptographicOperations.ZeroMemory(k);

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

    private static uint LastByteOfY(EcPoint point) => point.AffineYCoord.GetEncoded()[^1];

    /// <summary>The nonce of BIP-340: the tagged hash of (secret ⊕ hash of the randomness) ‖ key ‖ message, modulo n.</summary>
    private void DeriveNonce(ReadOnlySpan<byte> message, ReadOnlySpan<byte> auxiliary, Span<byte> nonce)
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
        Group.Scalars.Reduce(Hash256.AsSpan(Nonce.Hash(input)), nonce);
        CryptographicOperations.ZeroMemory(input);
        if (!Group.Scalars.IsPrivateKey(nonce))
        {
            throw new CryptographicException("A nonce of zero; its probability is 2⁻²⁵⁶.");
        }
    }
}
