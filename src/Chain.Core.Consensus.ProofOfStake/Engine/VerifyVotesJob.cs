using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Verifies a batch of signatures of one epoch; every one has its own verdict.</summary>
internal sealed class VerifyVotesJob(
    IStakeCrypto crypto, StakeTable table, ReadOnlyMemory<SignatureClaim> claims, Memory<bool> verdicts) : Job
{
    /// <summary>What vector lanes verify at once.</summary>
    private const int BriefClaims = 8;

    public override int SignatureChecks => claims.Length;

    public override JobResult Run(IKeyValueReader snapshot)
    {
        crypto.VerifyMany(claims.Span, verdicts.Span, table);
        return new VotesVerified(verdicts);
    }

    public override JobResult? TryRunBriefly(IKeyValueReader snapshot) => claims.Length <= BriefClaims ? Run(snapshot) : null;
}
