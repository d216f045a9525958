using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Ed25519, and the random function of RFC 9381 over the same keys.</summary>
internal sealed class RealStakeCrypto : IStakeCrypto
{
    private const VrfSuite Suite = VrfSuite.Edwards25519Sha512Tai;

    public static RealStakeCrypto Instance { get; } = new();

    public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, StakeTable table) =>
        Ed25519.VerifyMany(claims, verdicts, table.Keys);

    public bool VerifyRandomness(ReadOnlySpan<byte> publicKey, Hash256 input, ReadOnlySpan<byte> proof, Span<byte> output) =>
        Vrf.Verify(Suite, publicKey, Hash256.AsSpan(in input), proof, output);

    public bool TryReadRandomness(ReadOnlySpan<byte> proof, Span<byte> output) => Vrf.TryProofToHash(Suite, proof, output);
}
