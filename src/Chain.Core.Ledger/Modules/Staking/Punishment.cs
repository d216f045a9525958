using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What offences and absence cost.</summary>
internal sealed class Punishment(StakingState state)
{
    /// <summary>Slashes and bans a validator for a proved offence, once, and pays who reported it.</summary>
    public CallResult Punish(CallContext context, Offence offence)
    {
        StakingParameters parameters = state.Rules;
        ulong now = parameters.EpochOf(context.Height);
        if (offence.Epoch > now || IsTooOld(offence, now))
        {
            return CallResult.Failure($"the offence is of epoch {offence.Epoch}, which is too old or still to come");
        }

        if (!state.Keys.TryGet(context, StakingState.IdOf(offence.Offender), out AccountAddress validator)
            || !state.Validators.TryGet(context, validator, out ValidatorRecord? record))
        {
            return CallResult.Failure("the offender is no validator");
        }

        if (record.Standing == ValidatorStanding.Banned)
        {
            return CallResult.Failure("the offender is banned already");
        }

        ValidatorRecord slashed = Slash(context, validator, record, parameters.EquivocationSlash, offence.Epoch, out ulong lost);
        state.Validators.Set(context, validator, slashed with { Standing = ValidatorStanding.Banned });
        ulong reward = parameters.ReporterShare.Of(lost);
        context.Module<TokenModule>().MoveCovered(context, StakingModule.SlashedAccount, context.Sender, reward);
        return CallResult.Success;
    }

    /// <summary>Whether a report of the offence can change nothing any more.</summary>
    public bool IsSettled(IStateReader reader, BlockHeight height, Offence offence) =>
        IsTooOld(offence, state.Rules.EpochOf(height))
        || !state.Keys.TryGet(reader, StakingState.IdOf(offence.Offender), out AccountAddress validator)
        || !state.Validators.TryGet(reader, validator, out ValidatorRecord? record)
        || record.Standing == ValidatorStanding.Banned;

    /// <summary>Slashes and jails a validator that was absent for an epoch.</summary>
    public void Jail(CallContext context, AccountAddress validator, ValidatorRecord record, ulong epoch)
    {
        StakingParameters parameters = state.Rules;
        ValidatorRecord slashed = Slash(context, validator, record, parameters.DowntimeSlash, epoch, out _);
        state.Validators.Set(
            context, validator, slashed with { Standing = ValidatorStanding.Jailed, JailedUntil = epoch + 1 + parameters.JailEpochs });
    }

    /// <summary>Lets the sender's validator act again.</summary>
    public CallResult Unjail(CallContext context)
    {
        if (!state.Validators.TryGet(context, context.Sender, out ValidatorRecord? record) || record.Standing != ValidatorStanding.Jailed)
        {
            return CallResult.Failure("the sender has no jailed validator");
        }

        if (state.Rules.EpochOf(context.Height) < record.JailedUntil)
        {
            return CallResult.Failure($"it is jailed until epoch {record.JailedUntil}");
        }

        state.Validators.Set(context, context.Sender, record with { Standing = ValidatorStanding.Good });
        return CallResult.Success;
    }

    /// <summary>Lowers what shares are worth and takes what is lost. What unbonds pays when it is withdrawn.</summary>
    private ValidatorRecord Slash(
        CallContext context, AccountAddress validator, ValidatorRecord record, BasisPoints part, ulong offenceEpoch, out ulong lost)
    {
        ulong factor = StakeMath.Slash(record.Factor, part);
        ulong backing = StakeMath.CoinsOf(record.Shares, factor);
        lost = record.Bonded - backing;
        ulong now = state.Rules.EpochOf(context.Height);
        state.Slashes.Set(context, (validator, record.Slashes), new Slash(offenceEpoch, now, part));
        context.Module<TokenModule>().MoveCovered(context, StakingModule.BondedAccount, StakingModule.SlashedAccount, lost);
        return record with { Factor = factor, Bonded = backing, Slashes = record.Slashes + 1 };
    }

    private bool IsTooOld(Offence offence, ulong now) => now > offence.Epoch && now - offence.Epoch > state.Rules.UnbondingEpochs;
}
