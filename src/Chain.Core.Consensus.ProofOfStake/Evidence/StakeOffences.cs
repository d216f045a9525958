using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Reads and verifies the evidence of this engine without running it: <see cref="DoubleVote"/>, and headers that prove
/// themselves invalid. Give it to the module that punishes.
/// </summary>
public sealed class StakeOffences : IOffenceProofs
{
    private readonly EpochSchedule _schedule;

    /// <summary>For chains with these rules.</summary>
    public StakeOffences(ProofOfStakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _schedule = new EpochSchedule(options.EpochBlocks);
    }

    /// <inheritdoc/>
    public bool TryRead(ReadOnlyMemory<byte> proof, [NotNullWhen(true)] out Offence? offence)
    {
        offence = null;
        if (DoubleVote.TryDecode(proof, out DoubleVote? votes))
        {
            offence = new Offence(votes.Offender, votes.View.Epoch, KindOf(votes));
        }
        else if (InvalidProposal.TryDecode(proof, out InvalidProposal? proposal) && proposal.TryReadView(out View view))
        {
            offence = new Offence(proposal.Offender, view.Epoch, "invalid-proposal");
        }

        return offence is not null;
    }

    /// <inheritdoc/>
    public bool TryVerify(BlockId genesis, ReadOnlyMemory<byte> proof, [NotNullWhen(true)] out Offence? offence)
    {
        bool holds = DoubleVote.TryDecode(proof, out DoubleVote? votes)
            ? votes.Verify(genesis)
            : InvalidProposal.TryDecode(proof, out InvalidProposal? proposal) && proposal.Verify(_schedule, genesis);
        offence = null;
        return holds && TryRead(proof, out offence);
    }

    private static string KindOf(DoubleVote votes) => (votes.First.Statement.Kind, votes.Second.Statement.Kind) switch
    {
        (VoteKind.Propose, VoteKind.Propose) => "two-proposals",
        (VoteKind.Notarize, VoteKind.Notarize) => "two-notarizations",
        (VoteKind.Finalize, VoteKind.Finalize) => "two-finalizations",
        _ => "finalize-and-nullify",
    };
}
