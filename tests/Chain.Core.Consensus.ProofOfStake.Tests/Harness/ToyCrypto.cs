using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// Signatures that anybody could make, but nobody in a test does: key and message. A thousand times as fast, for the tests
/// that explore many schedules.
/// </summary>
internal sealed class ToyCrypto : IStakeCrypto
{
    public static ToyCrypto Instance { get; } = new();

    public static byte[] Sign(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        publicKey.CopyTo(signature);
        message.CopyTo(signature.AsSpan(publicKey.Length));
        return signature;
    }

    public static byte[] Prove(ReadOnlySpan<byte> publicKey, Hash256 input)
    {
        var proof = new byte[Vrf.ProofSize];
        Sign(publicKey, Hash256.AsSpan(in input)).CopyTo(proof, 0);
        return proof;
    }

    public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, StakeTable table)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            SignatureClaim claim = claims[i];
            ReadOnlySpan<byte> signature = claim.Signature.Span;
            verdicts[i] = signature.StartsWith(claim.PublicKey.Span) && signature[claim.PublicKey.Length..].SequenceEqual(claim.Message.Span);
        }
    }

    public bool VerifyRandomness(ReadOnlySpan<byte> publicKey, Hash256 input, ReadOnlySpan<byte> proof, Span<byte> output) =>
        proof.SequenceEqual(Prove(publicKey, input)) && TryReadRandomness(proof, output);

    public bool TryReadRandomness(ReadOnlySpan<byte> proof, Span<byte> output)
    {
        proof[..Vrf.OutputSize].CopyTo(output);
        return true;
    }
}
