using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Stake that comes and goes, and the rewards of those who have some.</summary>
internal sealed class Bonding(StakingState state)
{
    /// <summary>Adds to what <paramref name="delegator"/> has with a validator.</summary>
    public CallResult Bond(CallContext context, AccountAddress validator, AccountAddress delegator, ulong amount)
    {
        if (!state.Validators.TryGet(context, validator, out ValidatorRecord? record) || record.Standing == ValidatorStanding.Banned)
        {
            return CallResult.Failure("there is no such validator, or it is banned");
        }

        if (amount == 0 || record.Factor < StakeMath.LeastFactor)
        {
            return CallResult.Failure("the amount is 0, or the validator was slashed too often");
        }

        if (!record.IsListed && !TryList(context, validator))
        {
            return CallResult.Failure("there are too many validators");
        }

        Delegation held = Pay(context, record, validator, delegator);
        if (!Token(context).TryMove(context, delegator, StakingModule.BondedAccount, amount))
        {
            return CallResult.Failure("the balance is too low");
        }

        UInt128 shares = StakeMath.SharesOf(amount, record.Factor);
        ulong epoch = Enqueue(context, state.ComingQueue, amount);
        AddTo(context, state.Coming, (validator, epoch), shares);
        state.Delegations.Set(context, (validator, delegator), held with { Shares = held.Shares + shares, ActsFrom = ulong.Max(held.ActsFrom, epoch) });
        state.Validators.Set(context, validator, record with { Bonded = record.Bonded + amount, Shares = record.Shares + shares, IsListed = true });
        return CallResult.Success;
    }

    /// <summary>Sends a part of what <paramref name="delegator"/> has on its way out.</summary>
    public CallResult Unbond(CallContext context, AccountAddress validator, AccountAddress delegator, ulong amount, out ulong number)
    {
        number = state.NextUnbonding.GetOr(context, 0);
        if (!state.Validators.TryGet(context, validator, out ValidatorRecord? record)
            || !state.Delegations.Contains(context, (validator, delegator)))
        {
            return CallResult.Failure("there is no such delegation");
        }

        Delegation held = Pay(context, record, validator, delegator);
        ulong worth = StakeMath.CoinsOf(held.Shares, record.Factor);
        if (amount == 0 || amount > worth)
        {
            return CallResult.Failure("the amount is 0 or more than the stake");
        }

        UInt128 shares = amount == worth ? held.Shares : StakeMath.SharesToRemove(amount, record.Factor);
        ulong epoch = ulong.Max(Enqueue(context, state.GoingQueue, amount), held.ActsFrom);
        AddTo(context, state.Going, (validator, epoch), shares);
        Keep(context, (validator, delegator), held with { Shares = held.Shares - shares });
        state.Validators.Set(context, validator, record with { Bonded = record.Bonded - amount, Shares = record.Shares - shares });
        ulong liableUntil = epoch + 1 + state.Rules.Lookahead;
        state.Unbondings.Set(context, number, new Unbonding(delegator, validator, amount, liableUntil, record.Slashes));
        state.NextUnbonding.Set(context, number + 1);
        Move(context, StakingModule.BondedAccount, StakingModule.UnbondingAccount, amount);
        return CallResult.Success;
    }

    /// <summary>Pays out what has unbonded, without what was slashed in the meantime.</summary>
    public CallResult Withdraw(CallContext context, ulong number)
    {
        if (!state.Unbondings.TryGet(context, number, out Unbonding? unbonding) || unbonding.Delegator != context.Sender)
        {
            return CallResult.Failure("nothing of the sender's unbonds under this number");
        }

        StakingParameters parameters = state.Rules;
        ulong free = unbonding.LiableUntil + parameters.UnbondingEpochs;
        if (parameters.EpochOf(context.Height) < free)
        {
            return CallResult.Failure($"it unbonds in epoch {free}");
        }

        ulong left = AfterSlashes(context, unbonding, free);
        state.Unbondings.Remove(context, number);
        Move(context, StakingModule.UnbondingAccount, unbonding.Delegator, left);
        Move(context, StakingModule.UnbondingAccount, StakingModule.SlashedAccount, unbonding.Amount - left);
        return CallResult.Success;
    }

    /// <summary>Pays the sender what its stake with a validator earned, and its commission to the operator.</summary>
    public CallResult Claim(CallContext context, AccountAddress validator)
    {
        if (!state.Validators.TryGet(context, validator, out ValidatorRecord? record))
        {
            return CallResult.Failure("there is no such validator");
        }

        Keep(context, (validator, context.Sender), Pay(context, record, validator, context.Sender));
        if (context.Sender == validator && record.CommissionDue > 0)
        {
            Move(context, StakingModule.RewardAccount, validator, record.CommissionDue);
            state.Validators.Set(context, validator, record with { CommissionDue = 0 });
        }

        return CallResult.Success;
    }

    /// <summary>What a delegation is worth now, without rewards.</summary>
    public ulong WorthOf(IStateReader reader, AccountAddress validator, AccountAddress delegator) =>
        state.Validators.TryGet(reader, validator, out ValidatorRecord? record)
        && state.Delegations.TryGet(reader, (validator, delegator), out Delegation? held)
            ? StakeMath.CoinsOf(held.Shares, record.Factor)
            : 0;

    public bool TryList(CallContext context, AccountAddress validator)
    {
        ulong count = state.RosterCount.GetOr(context, 0);
        bool hasRoom = count < state.Rules.MaxCandidates;
        if (hasRoom)
        {
            state.Roster.Set(context, count, validator);
            state.RosterCount.Set(context, count + 1);
        }

        return hasRoom;
    }

    private static TokenModule Token(CallContext context) => context.Module<TokenModule>();

    private static void Move(CallContext context, AccountAddress from, AccountAddress to, ulong amount) =>
        Token(context).MoveCovered(context, from, to, amount);

    private static void AddTo(
        CallContext context, StateMap<(AccountAddress First, ulong Second), UInt128> map, (AccountAddress First, ulong Second) key, UInt128 shares) =>
        map.Set(context, key, map.GetOr(context, key, 0) + shares);

    /// <summary>Pays what the delegation earned so far, and answers it as it is then.</summary>
    private Delegation Pay(CallContext context, ValidatorRecord record, AccountAddress validator, AccountAddress delegator)
    {
        if (!state.Delegations.TryGet(context, (validator, delegator), out Delegation? held))
        {
            return new Delegation(0, record.RewardOfShare, 0);
        }

        Move(context, StakingModule.RewardAccount, delegator, StakeMath.EarnedBy(held.Shares, record.RewardOfShare - held.RewardPaidTo));
        return held with { RewardPaidTo = record.RewardOfShare };
    }

    private void Keep(CallContext context, (AccountAddress Validator, AccountAddress Delegator) key, Delegation delegation)
    {
        if (delegation.Shares == 0)
        {
            state.Delegations.Remove(context, key);
        }
        else
        {
            state.Delegations.Set(context, key, delegation);
        }
    }

    private ulong Enqueue(CallContext context, StateValue<ChurnQueue> queue, ulong amount)
    {
        ulong now = state.Rules.EpochOf(context.Height);
        ChurnQueue longer = queue.GetOr(context, ChurnQueue.Empty).Add(amount, now, state.ChurnLimit.GetOr(context, 1));
        queue.Set(context, longer);
        return longer.Epoch;
    }

    private ulong AfterSlashes(CallContext context, Unbonding unbonding, ulong free)
    {
        ulong left = unbonding.Amount;
        for (uint i = unbonding.SlashesBefore; state.Slashes.TryGet(context, (unbonding.Validator, i), out Slash? slash) && slash.Epoch <= free; i++)
        {
            left -= slash.OffenceEpoch < unbonding.LiableUntil ? slash.Part.RoundedUpOf(left) : 0;
        }

        return left;
    }
}
