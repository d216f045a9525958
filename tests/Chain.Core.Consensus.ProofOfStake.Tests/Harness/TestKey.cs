using System.Buffers.Binary;
using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>A key that signs and proves.</summary>
internal sealed class TestKey : IDisposable
{
    private readonly Ed25519PrivateKey _signing;
    private readonly VrfPrivateKey _randomness;

    public TestKey(int seed)
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteInt32BigEndian(bytes, seed + 1);
        _signing = new Ed25519PrivateKey(bytes);
        _randomness = new VrfPrivateKey(bytes);
        Key = new ValidatorKey(SignatureSchemeTag.Ed25519, _signing.PublicKey);
    }

    public ValidatorKey Key { get; }

    public ISigner Signer => _signing;

    public VrfPrivateKey Randomness => _randomness;

    public ReadOnlyMemory<byte> PublicKey => Key.PublicKey;

    public byte[] Sign(Hash256 message) => _signing.Sign(Hash256.AsSpan(in message));

    public byte[] Prove(Hash256 input) => _randomness.Prove(VrfSuite.Edwards25519Sha512Tai, Hash256.AsSpan(in input));

    public void Dispose()
    {
        _signing.Dispose();
        _randomness.Dispose();
    }
}
