using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>
/// How the coins of an epoch are shared: one part by blocks proposed, the rest by stake and votes. What absent validators
/// would have had stays in the pot, so that nobody gains by keeping the votes of others out.
/// </summary>
internal sealed class EpochRewards
{
    private readonly ulong _forProposals;
    private readonly ulong _forVotes;
    private readonly ValidatorSet _acting;
    private readonly EpochActivity _activity;
    private readonly UInt256 _allVotes;

    /// <param name="pot">What there is, in the smallest unit.</param>
    /// <param name="proposerShare">The part that is shared by proposals.</param>
    /// <param name="acting">The validators of the epoch.</param>
    /// <param name="activity">What they did, in at least one block.</param>
    public EpochRewards(ulong pot, BasisPoints proposerShare, ValidatorSet acting, EpochActivity activity)
    {
        _forProposals = proposerShare.Of(pot);
        _forVotes = pot - _forProposals;
        _acting = acting;
        _activity = activity;
        _allVotes = (UInt256)ValidatorRanking.PowerOf(acting) * activity.Blocks;
    }

    /// <summary>The part of the validator with this index, rounded down.</summary>
    public ulong PartOf(int index)
    {
        UInt256 votes = (UInt256)_acting.Validators[index].Stake * _activity.Votes[index];
        ulong byVotes = (votes * _forVotes / _allVotes).LowUInt64;
        return byVotes + (ulong)((UInt128)_forProposals * _activity.Proposals[index] / _activity.Blocks);
    }
}
