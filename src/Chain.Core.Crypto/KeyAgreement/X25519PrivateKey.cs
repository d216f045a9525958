using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>A Curve25519 private key; its bytes are wiped on <see cref="Dispose"/>.</summary>
public sealed class X25519PrivateKey : IDisposable
{
    /// <summary>Length of the seed in bytes.</summary>
    public const int SeedSize = X25519.KeySize;

    private readonly byte[] _secret;
    private readonly byte[] _publicKey = new byte[X25519.KeySize];
    private bool _disposed;

    /// <summary>Takes a copy of 32 random bytes; the caller brings the entropy.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    public X25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        Sizes.Require(seed.Length, SeedSize, nameof(seed));
        _secret = seed.ToArray();
        X25519.DerivePublicKey(_secret, _publicKey);
    }

    /// <summary>The 32 bytes a peer may know.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <inheritdoc cref="X25519.TryAgree"/>
    /// <exception cref="ObjectDisposedException">The key was wiped.</exception>
    public bool TryAgree(ReadOnlySpan<byte> publicKey, Span<byte> shared)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return X25519.TryAgree(_secret, publicKey, shared);
    }

    /// <summary>Wipes the secret.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        _disposed = true;
    }
}
