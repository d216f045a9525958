using Chain.Core.Crypto;

namespace Chain.Core.Protocol;

/// <summary>Proves with a key that this process holds. The key stays its owner's to dispose.</summary>
public sealed class VrfProver : IRandomnessProver
{
    private readonly VrfPrivateKey _key;
    private readonly VrfSuite _suite;

    /// <summary>A prover of <paramref name="key"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="suite">The suite of RFC 9381 that the consensus engine verifies with.</param>
    public VrfProver(VrfPrivateKey key, VrfSuite suite = VrfSuite.Edwards25519Sha512Tai)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        _suite = suite;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicKey => _key.PublicKey;

    /// <inheritdoc/>
    public byte[] Prove(ReadOnlySpan<byte> input) => _key.Prove(_suite, input);
}
