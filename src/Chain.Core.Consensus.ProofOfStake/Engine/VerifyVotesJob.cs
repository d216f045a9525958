using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Verifies a batch of signatures of one epoch; every one has its own verdict.</summary>
internal sealed class VerifyVotesJob(IStakeCrypto crypto, StakeTable table, SignatureClaim[] claims) : Job
{
    public override JobResult Run(IKeyValueReader snapshot)
    {
        var verdicts = new bool[claims.Length];
        crypto.VerifyMany(claims, verdicts, table);
        return new VotesVerified(verdicts);
    }
}
