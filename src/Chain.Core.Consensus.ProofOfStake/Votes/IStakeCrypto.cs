using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What the engine needs of cryptography; tests that explore many schedules put something cheap in its place.</summary>
internal interface IStakeCrypto
{
    /// <summary>The exact verdict of each claim; keys are mostly those of <paramref name="table"/>.</summary>
    void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, StakeTable table);

    /// <summary>Whether a proof shows the output of the random function, which is then written to <paramref name="output"/>.</summary>
    bool VerifyRandomness(ReadOnlySpan<byte> publicKey, Hash256 input, ReadOnlySpan<byte> proof, Span<byte> output);

    /// <summary>The output that an honest proof shows, unchecked.</summary>
    bool TryReadRandomness(ReadOnlySpan<byte> proof, Span<byte> output);

    /// <summary>Whether every claim holds.</summary>
    bool VerifyAll(List<SignatureClaim> claims, StakeTable table)
    {
        var verdicts = new bool[claims.Count];
        VerifyMany(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(claims), verdicts, table);
        return !verdicts.AsSpan().Contains(false);
    }
}
