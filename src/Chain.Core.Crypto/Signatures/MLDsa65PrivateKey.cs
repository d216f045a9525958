using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto;

/// <summary>
/// An ML-DSA-65 private key (FIPS 204), kept as its seed. Signing is BouncyCastle's and deterministic. The seed is zeroed on
/// <see cref="Dispose"/>; what is expanded from it to sign lives no longer than the call, and then until it is collected.
/// </summary>
public sealed class MLDsa65PrivateKey : ISigner, IDisposable
{
    /// <summary>Length of the seed in bytes (ξ in FIPS 204).</summary>
    public const int SeedSize = 32;

    private readonly byte[] _seed;
    private readonly byte[] _publicKey;
    private bool _disposed;

    /// <summary>Takes a copy of the 32-byte seed; entropy is the caller's affair.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    public MLDsa65PrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"An ML-DSA seed has {SeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        _seed = seed.ToArray();
        _publicKey = Expand().GetPublicKeyEncoded();
    }

    /// <inheritdoc/>
    public SignatureSchemeTag Scheme => SignatureSchemeTag.MLDsa65;

    /// <summary>The 1952-byte public key.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Signs <paramref name="message"/> under an empty context: 3309 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The seed is gone.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message) => Sign(message, default);

    /// <summary>Signs <paramref name="message"/> under a context: 3309 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="context"/> has more than 255 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The seed is gone.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (context.Length > MLDsa65.MaxContextSize)
        {
            throw new ArgumentException($"A context has at most {MLDsa65.MaxContextSize} bytes, not {context.Length}.", nameof(context));
        }

        return PortableMLDsa.Sign(Expand(), message, context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_seed);
        _disposed = true;
    }

    private MLDsaPrivateKeyParameters Expand() => MLDsaPrivateKeyParameters.FromSeed(MLDsaParameters.ml_dsa_65, _seed);
}
