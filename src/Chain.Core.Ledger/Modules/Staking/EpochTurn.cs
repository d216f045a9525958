using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The end of an epoch: rewards, absence, stake that comes and goes, and the next set of validators.</summary>
internal sealed class EpochTurn(StakingState state, Punishment punishment)
{
    /// <summary>Names those who act from genesis on; false where nobody may.</summary>
    public bool TryBegin(CallContext context)
    {
        StakingParameters parameters = state.Rules;
        ValidatorSet first = ValidatorRanking.Strongest(Visit(context, parameters, 0), (int)parameters.MaxValidators);
        for (ulong epoch = 0; epoch <= parameters.Lookahead; epoch++)
        {
            state.Sets.Set(context, epoch, first);
        }

        LimitChurn(context, parameters, first);
        state.ComingQueue.Set(context, ChurnQueue.Empty);
        state.Epoch.Set(context, 0);
        state.Activity.Set(context, EpochActivity.None(first.Validators.Count));
        return first.Validators.Count > 0;
    }

    public void Run(CallContext context, ulong epoch)
    {
        StakingParameters parameters = state.Rules;
        ValidatorSet acting = state.Sets.GetOr(context, epoch, ValidatorSet.Empty);
        EpochActivity activity = state.Activity.GetOr(context, EpochActivity.None(acting.Validators.Count));
        PayRewards(context, parameters, acting, activity);
        JailAbsent(context, parameters, acting, activity, epoch);
        Name(context, parameters, Visit(context, parameters, epoch), epoch);
        ValidatorSet next = state.Sets.GetOr(context, epoch + 1, ValidatorSet.Empty);
        state.Activity.Set(context, EpochActivity.None(next.Validators.Count));
        state.Epoch.Set(context, epoch + 1);
    }

    private void PayRewards(CallContext context, StakingParameters parameters, ValidatorSet acting, EpochActivity activity)
    {
        TokenModule token = context.Module<TokenModule>();
        if (activity.Blocks == 0)
        {
            return;
        }

        ulong reserve = token.BalanceOf(context, StakingModule.ReserveAccount);
        token.MoveCovered(context, StakingModule.ReserveAccount, TokenModule.FeeAccount, ulong.Min(reserve, parameters.EpochReward));
        ulong pot = token.BalanceOf(context, TokenModule.FeeAccount);
        var rewards = new EpochRewards(pot, parameters.ProposerShare, acting, activity);
        for (int i = 0; i < acting.Validators.Count; i++)
        {
            Credit(context, token, acting.Validators[i].Key, rewards.PartOf(i));
        }
    }

    private void Credit(CallContext context, TokenModule token, ValidatorKey key, ulong part)
    {
        if (part == 0
            || !TryFind(context, key, out AccountAddress validator, out ValidatorRecord record)
            || record.Standing == ValidatorStanding.Banned)
        {
            return;
        }

        ulong commission = record.Commission.Of(part);
        if (StakeMath.TrySpread(part - commission, record.Shares, out UInt256 growth)
            && token.TryMove(context, TokenModule.FeeAccount, StakingModule.RewardAccount, part))
        {
            state.Validators.Set(context, validator, record with
            {
                RewardOfShare = record.RewardOfShare + growth,
                CommissionDue = record.CommissionDue + commission,
            });
        }
    }

    private void JailAbsent(CallContext context, StakingParameters parameters, ValidatorSet acting, EpochActivity activity, ulong epoch)
    {
        for (int i = 0; i < acting.Validators.Count; i++)
        {
            bool isAbsent = (UInt128)activity.Votes[i] * BasisPoints.Whole < (UInt128)activity.Blocks * parameters.MinPresence.Value;
            if (isAbsent
                && TryFind(context, acting.Validators[i].Key, out AccountAddress validator, out ValidatorRecord record)
                && record.Standing == ValidatorStanding.Good)
            {
                punishment.Jail(context, validator, record, epoch);
            }
        }
    }

    /// <summary>Lets stake come and go at each validator, strikes those without any, and answers who may act.</summary>
    private List<Validator> Visit(CallContext context, StakingParameters parameters, ulong epoch)
    {
        var eligible = new List<Validator>();
        ulong count = state.RosterCount.GetOr(context, 0);
        for (ulong i = 0; i < count;)
        {
            AccountAddress validator = state.Roster.GetOr(context, i, default);
            ValidatorRecord record = Turn(context, validator, epoch);
            if (!record.IsListed)
            {
                count--;
                state.Roster.Set(context, i, state.Roster.GetOr(context, count, default));
                state.Roster.Remove(context, count);
                continue;
            }

            i++;
            if (MayAct(context, parameters, validator, record))
            {
                eligible.Add(new Validator(record.Key, record.Power));
            }
        }

        state.RosterCount.Set(context, count);
        return eligible;
    }

    private ValidatorRecord Turn(CallContext context, AccountAddress validator, ulong epoch)
    {
        ValidatorRecord before = state.Validators.GetOr(context, validator, null!);
        UInt128 acting = before.ActingShares + Take(context, state.Coming, (validator, epoch)) - Take(context, state.Going, (validator, epoch));
        bool isListed = before.Standing != ValidatorStanding.Banned && (before.Shares != 0 || acting != 0);
        ValidatorRecord after = before with { ActingShares = acting, IsListed = isListed };
        if (after != before)
        {
            state.Validators.Set(context, validator, after);
        }

        return after;
    }

    private static UInt128 Take(
        CallContext context, StateMap<(AccountAddress First, ulong Second), UInt128> map, (AccountAddress First, ulong Second) key)
    {
        UInt128 shares = map.GetOr(context, key, 0);
        if (shares != 0)
        {
            map.Remove(context, key);
        }

        return shares;
    }

    private bool MayAct(CallContext context, StakingParameters parameters, AccountAddress validator, ValidatorRecord record) =>
        record.Standing == ValidatorStanding.Good
        && record.Power > 0
        && state.Delegations.TryGet(context, (validator, validator), out Delegation? own)
        && StakeMath.CoinsOf(own.Shares, record.Factor) >= parameters.MinSelfBond;

    /// <summary>Names the strongest; where nobody may act, those who act last go on, or the chain would end.</summary>
    private void Name(CallContext context, StakingParameters parameters, List<Validator> eligible, ulong epoch)
    {
        ulong named = epoch + 1 + parameters.Lookahead;
        ValidatorSet set = ValidatorRanking.Strongest(eligible, (int)parameters.MaxValidators);
        if (set.Validators.Count == 0)
        {
            set = state.Sets.GetOr(context, named - 1, ValidatorSet.Empty);
        }

        state.Sets.Set(context, named, set);
        if (epoch > 0)
        {
            state.Sets.Remove(context, epoch - 1);
        }

        LimitChurn(context, parameters, set);
    }

    private void LimitChurn(CallContext context, StakingParameters parameters, ValidatorSet set) =>
        state.ChurnLimit.Set(context, ulong.Max(parameters.MinChurn, parameters.Churn.Of(ValidatorRanking.PowerOf(set))));

    private bool TryFind(CallContext context, ValidatorKey key, out AccountAddress validator, out ValidatorRecord record)
    {
        record = null!;
        return state.Keys.TryGet(context, StakingState.IdOf(key), out validator)
            && state.Validators.TryGet(context, validator, out record!);
    }
}
