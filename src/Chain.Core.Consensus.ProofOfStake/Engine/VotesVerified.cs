using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>The result of a <see cref="VerifyVotesJob"/>.</summary>
internal sealed record VotesVerified(ReadOnlyMemory<bool> Verdicts) : JobResult;
