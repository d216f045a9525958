using System.Security.Cryptography;
using BouncyEd25519 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Chain.Core.Crypto;

/// <summary>
/// The private key of the verifiable random function of RFC 9381: an Ed25519 seed. The seed is zeroed on
/// <see cref="Dispose"/>. Proving takes the same time for every key.
/// </summary>
public sealed class VrfPrivateKey : IDisposable
{
    /// <summary>Length of the seed in bytes.</summary>
    public const int SeedSize = 32;

    private readonly byte[] _seed;
    private readonly byte[] _publicKey = new byte[Vrf.PublicKeySize];
    private bool _disposed;

    /// <summary>Takes a copy of the 32-byte seed; entropy is the caller's affair.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    public VrfPrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"A VRF seed has {SeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        _seed = seed.ToArray();
        BouncyEd25519.GeneratePublicKey(_seed, _publicKey);
    }

    /// <summary>The 32-byte public key: that of Ed25519 for the same seed.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>
    /// The proof (80 bytes) of this key's output for <paramref name="input"/>, the same each time; the output itself comes
    /// from <see cref="Vrf.TryProofToHash"/>. The time depends on the input under the suite that tries, never on the key.
    /// </summary>
    /// <exception cref="ArgumentException">The suite is not one of those named.</exception>
    /// <exception cref="ObjectDisposedException">The seed is gone.</exception>
    public byte[] Prove(VrfSuite suite, ReadOnlySpan<byte> input)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Vrf.Require(suite);
        if (!VrfInput.TryEncodeToCurve(suite, _publicKey, input, out EdwardsPoint h))
        {
            throw new CryptographicException("The input has no point; its probability is 2⁻²⁵⁶.");
        }

        Span<byte> secrets = stackalloc byte[2 * SHA512.HashSizeInBytes];
        Span<byte> expanded = secrets[..SHA512.HashSizeInBytes], nonce = secrets[SHA512.HashSizeInBytes..][..Scalar25519.Size];
        SHA512.HashData(_seed, expanded);
        Span<byte> x = expanded[..Scalar25519.Size];
        x[0] &= 0xf8;
        x[31] = (byte)((x[31] & 0x7f) | 0x40);

        Span<byte> encodedH = stackalloc byte[FieldElement.Size];
        h.Encode(encodedH);
        DeriveNonce(expanded[Scalar25519.Size..], encodedH, nonce);
        byte[] proof = Prove(suite, h, encodedH, x, nonce);
        CryptographicOperations.ZeroMemory(secrets);
        return proof;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_seed);
        _disposed = true;
    }

    /// <summary>Section 5.4.2.2: SHA-512 of the second half of the expanded seed and of H, modulo L.</summary>
    private static void DeriveNonce(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> encodedH, Span<byte> nonce)
    {
        Span<byte> buffer = [.. prefix, .. encodedH];
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(buffer, digest);
        SecretScalarField.Edwards25519.Reduce(digest, nonce);
        CryptographicOperations.ZeroMemory(buffer);
        CryptographicOperations.ZeroMemory(digest);
    }

    private byte[] Prove(
        VrfSuite suite, in EdwardsPoint h, ReadOnlySpan<byte> encodedH, ReadOnlySpan<byte> x, ReadOnlySpan<byte> nonce)
    {
        Span<EdwardsPoint> points =
        [
            SecretEdwardsProduct.Compute(x, h),
            SecretEdwardsProduct.Compute(nonce, EdwardsPoint.Base),
            SecretEdwardsProduct.Compute(nonce, h),
        ];
        Span<byte> encoded = stackalloc byte[3 * FieldElement.Size];
        CanonicalPoint.Encode(points, encoded);

        var proof = new byte[VrfProof.Size];
        Span<byte> gamma = encoded[..32], challenge = proof.AsSpan(VrfProof.GammaSize, VrfProof.ChallengeSize);
        gamma.CopyTo(proof);
        VrfTranscript.Challenge(suite, _publicKey, encodedH, gamma, encoded[32..64], encoded[64..], challenge);
        SecretScalarField.Edwards25519.MultiplyAdd(challenge, x, nonce, proof.AsSpan(VrfProof.GammaSize + VrfProof.ChallengeSize));
        return proof;
    }
}
