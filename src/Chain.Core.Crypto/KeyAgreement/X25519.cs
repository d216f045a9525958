using Curve = Org.BouncyCastle.Math.EC.Rfc7748.X25519;

namespace Chain.Core.Crypto;

/// <summary>Diffie-Hellman over Curve25519 (RFC 7748), constant-time in the secret.</summary>
public static class X25519
{
    /// <summary>Length in bytes of private keys, public keys and shared secrets.</summary>
    public const int KeySize = 32;

    /// <summary>Writes the public key of <paramref name="privateKey"/>; the scalar is clamped as RFC 7748 §5 says.</summary>
    /// <exception cref="ArgumentException">An argument is not 32 bytes long.</exception>
    public static void DerivePublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        Sizes.Require(privateKey.Length, KeySize, nameof(privateKey));
        Sizes.Require(publicKey.Length, KeySize, nameof(publicKey));
        Curve.ScalarMultBase(privateKey, publicKey);
    }

    /// <summary>Computes the shared secret of a private key and a peer's public key.</summary>
    /// <param name="privateKey">32 bytes, secret.</param>
    /// <param name="publicKey">The peer's key. Non-canonical encodings are reduced, as RFC 7748 §5 demands.</param>
    /// <param name="shared">Receives 32 bytes; zeros where the result is false.</param>
    /// <returns>
    /// False where the key is not 32 bytes long, or is of small order so that the result would be all zero
    /// (RFC 7748 §6.1): such a peer contributes nothing to the secret.
    /// </returns>
    /// <exception cref="ArgumentException">The private key or <paramref name="shared"/> is not 32 bytes long.</exception>
    public static bool TryAgree(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        Sizes.Require(privateKey.Length, KeySize, nameof(privateKey));
        Sizes.Require(shared.Length, KeySize, nameof(shared));
        if (publicKey.Length == KeySize && Curve.CalculateAgreement(privateKey, publicKey, shared))
        {
            return true;
        }

        shared.Clear();
        return false;
    }
}
