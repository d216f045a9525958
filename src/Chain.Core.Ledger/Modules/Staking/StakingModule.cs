using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Stake: who may vote and with how much, what they earn, and what offences cost. Coins are those of <see cref="TokenModule"/>,
/// which the chain must have; they move between accounts that no key controls, and their sum stays what it is.
/// </summary>
/// <remarks>
/// Validators change only between epochs. Stake that comes or goes stands in a line that lets a bounded amount pass at the
/// end of each epoch; stake that left is paid out after <see cref="StakingParameters.UnbondingEpochs"/> more, in which it can
/// still be slashed for what it backed. Validators that equivocated or were absent are left out at the next border at once.
/// An operator has one validator, and a validator one key, for ever.
/// </remarks>
public sealed class StakingModule : Module, IBlockModule, IValidatorSource, IEvidenceModule
{
    private const int MaxProofBytes = 8 * 1024;
    private const int MaxSignatureBytes = 8 * 1024;

    /// <summary>What checking a proof costs beside its bytes, for each of the two signatures in it.</summary>
    private const ulong SignatureCost = 4_000;

    private static readonly HashDomain Possession = new("chain-core/validator-key/v1");

    private static readonly Codec<IReadOnlyList<StakingGenesisValidator>> GenesisCodec =
        Codecs.List(StakingCodecs.GenesisValidator, StakingParameters.MostValidators);

    private readonly IOffenceProofs? _proofs;
    private readonly StakingState _state;
    private readonly Bonding _bonding;
    private readonly Punishment _punishment;
    private readonly EpochTurn _turn;
    private readonly ModuleMethod<((ValidatorKey First, ReadOnlyMemory<byte> Second) First, BasisPoints Second, ulong Third)> _create;
    private readonly ModuleMethod<(AccountAddress First, ulong Second)> _bond;
    private readonly ModuleMethod<(AccountAddress First, ulong Second)> _unbond;
    private readonly ModuleMethod<ulong> _withdraw;
    private readonly ModuleMethod<AccountAddress> _claim;
    private readonly ModuleMethod<BasisPoints> _setCommission;
    private readonly ModuleMethod<bool> _unjail;
    private readonly ModuleMethod<ReadOnlyMemory<byte>> _report;

    /// <summary>A module named <c>staking</c>.</summary>
    /// <param name="parameters">The rules of the chain's stake; its genesis commits to them.</param>
    /// <param name="proofs">How the chain's engine proves offences; null for an engine without any.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public StakingModule(StakingParameters parameters, IOffenceProofs? proofs = null)
        : base("staking")
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.FindWrong() is { } wrong)
        {
            throw new ArgumentException($"The staking parameters are wrong: {wrong}.", nameof(parameters));
        }

        Parameters = parameters;
        _proofs = proofs;
        _state = new StakingState
        {
            Rules = parameters,
            Parameters = Value("parameters", StakingCodecs.Parameters),
            Validators = Map("validators", Codecs.Address, StakingCodecs.Validator),
            Keys = Map("keys", Codecs.Hash, Codecs.Address),
            Roster = Map("roster", Codecs.U64, Codecs.Address),
            RosterCount = Value("roster-count", Codecs.U64),
            Delegations = Map("delegations", Codecs.Pair(Codecs.Address, Codecs.Address), StakingCodecs.Delegation),
            Unbondings = Map("unbondings", Codecs.U64, StakingCodecs.Unbonding),
            NextUnbonding = Value("next-unbonding", Codecs.U64),
            Coming = Map("coming", Codecs.Pair(Codecs.Address, Codecs.U64), StakingCodecs.Shares),
            Going = Map("going", Codecs.Pair(Codecs.Address, Codecs.U64), StakingCodecs.Shares),
            ComingQueue = Value("coming-queue", StakingCodecs.Queue),
            GoingQueue = Value("going-queue", StakingCodecs.Queue),
            ChurnLimit = Value("churn-limit", Codecs.U64),
            Slashes = Map("slashes", Codecs.Pair(Codecs.Address, Codecs.U32), StakingCodecs.Slash),
            Sets = Map("sets", Codecs.U64, StakingCodecs.Set),
            Epoch = Value("epoch", Codecs.U64),
            Activity = Value("activity", StakingCodecs.Activity),
        };
        _bonding = new Bonding(_state);
        _punishment = new Punishment(_state);
        _turn = new EpochTurn(_state, _punishment);
        _create = Method(
            "create",
            Codecs.Triple(Codecs.Pair(StakingCodecs.Key, Codecs.Bytes(MaxSignatureBytes)), StakingCodecs.BasisPoints, Codecs.U64)
                .Named("keyWithProof", "commission", "amount"),
            OnCreate);
        _bond = Method("bond", Codecs.Pair(Codecs.Address, Codecs.U64).Named("validator", "amount"), OnBond);
        _unbond = Method("unbond", Codecs.Pair(Codecs.Address, Codecs.U64).Named("validator", "amount"), OnUnbond);
        _withdraw = Method("withdraw", Codecs.U64, _bonding.Withdraw);
        _claim = Method("claim", Codecs.Address, _bonding.Claim);
        _setCommission = Method("set-commission", StakingCodecs.BasisPoints, OnSetCommission);
        _unjail = Method("unjail", Codecs.Boolean, (context, _) => _punishment.Unjail(context));
        _report = Method("report", Codecs.Bytes(MaxProofBytes), OnReport);
        Unbonded = Event("unbonded", Codecs.U64);
        Punished = Event("punished", Codecs.Pair(StakingCodecs.Key, Codecs.Text(WireLimits.NameBytes)).Named("key", "offence"));
    }

    /// <summary>Where the stake of all validators is, in coins.</summary>
    public static AccountAddress BondedAccount { get; } = Pool("bonded");

    /// <summary>Where stake on its way out is.</summary>
    public static AccountAddress UnbondingAccount { get; } = Pool("unbonding");

    /// <summary>Where rewards wait to be claimed.</summary>
    public static AccountAddress RewardAccount { get; } = Pool("rewards");

    /// <summary>Where <see cref="StakingParameters.EpochReward"/> comes from; a genesis gives it coins.</summary>
    public static AccountAddress ReserveAccount { get; } = Pool("reserve");

    /// <summary>Where slashed coins go; nobody can move them.</summary>
    public static AccountAddress SlashedAccount { get; } = Pool("slashed");

    /// <summary>The rules of the chain's stake.</summary>
    public StakingParameters Parameters { get; }

    /// <summary>Reported by <see cref="Unbond"/>: the number for <see cref="Withdraw"/>.</summary>
    public ModuleEvent<ulong> Unbonded { get; }

    /// <summary>Reported by <see cref="Report"/>: the key of the offender and what it did.</summary>
    public ModuleEvent<(ValidatorKey Offender, string Kind)> Punished { get; }

    /// <summary>The genesis data of a chain. The genesis of the token module must give the operators their stake, and come before.</summary>
    public static ReadOnlyMemory<byte> GenesisData(params IReadOnlyList<StakingGenesisValidator> validators)
    {
        ArgumentNullException.ThrowIfNull(validators);
        return GenesisCodec.Encode(validators);
    }

    /// <summary>What the consensus key signs to show that the operator may use it.</summary>
    public static Hash256 PossessionMessage(BlockId genesis, AccountAddress validator, ValidatorKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Hash256 chain = genesis.Value, account = validator.Value, id = StakingState.IdOf(key);
        return Possession.Hash(new WireWriter(128).ArrayHeader(3).Hash(in chain).Hash(in account).Hash(in id).Written.Span);
    }

    /// <summary>The call that makes the sender the operator of a validator.</summary>
    /// <param name="key">The key of its votes, which no validator has had.</param>
    /// <param name="possession">The key's signature over <see cref="PossessionMessage"/>.</param>
    /// <param name="commission">The part of its delegators' rewards that the operator takes.</param>
    /// <param name="stake">What the operator stakes itself.</param>
    public Call Create(ValidatorKey key, ReadOnlyMemory<byte> possession, BasisPoints commission, ulong stake) =>
        _create.Call(((key, possession), commission, stake));

    /// <summary>The call that adds coins of the sender to a validator's stake. It pays the rewards so far.</summary>
    public Call Bond(AccountAddress validator, ulong amount) => _bond.Call((validator, amount));

    /// <summary>The call that sends stake of the sender on its way out. It pays the rewards so far.</summary>
    public Call Unbond(AccountAddress validator, ulong amount) => _unbond.Call((validator, amount));

    /// <summary>The call that pays out what has unbonded under <paramref name="number"/>.</summary>
    public Call Withdraw(ulong number) => _withdraw.Call(number);

    /// <summary>The call that pays the sender its rewards, and its commission if it is the operator.</summary>
    public Call Claim(AccountAddress validator) => _claim.Call(validator);

    /// <summary>The call that sets the commission of the sender's validator: lower at any time, a percent more once an epoch.</summary>
    public Call SetCommission(BasisPoints commission) => _setCommission.Call(commission);

    /// <summary>The call that lets the sender's jailed validator act again.</summary>
    public Call Unjail() => _unjail.Call(true);

    /// <summary>The call that proves an offence. The offender is slashed and banned, and the sender gets a part of it.</summary>
    public Call Report(ReadOnlyMemory<byte> proof) => _report.Call(proof);

    /// <summary>The validator of an operator, or null.</summary>
    public ValidatorRecord? FindValidator(IStateReader state, AccountAddress validator) =>
        _state.Validators.TryGet(state, validator, out ValidatorRecord? record) ? record : null;

    /// <summary>The operator of the validator with this key, if there is one.</summary>
    public bool TryFindOperator(IStateReader state, ValidatorKey key, out AccountAddress validator)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _state.Keys.TryGet(state, StakingState.IdOf(key), out validator);
    }

    /// <summary>What the stake of <paramref name="delegator"/> with a validator is worth, without rewards.</summary>
    public ulong StakeOf(IStateReader state, AccountAddress validator, AccountAddress delegator) =>
        _bonding.WorthOf(state, validator, delegator);

    /// <summary>What unbonds under this number, or null.</summary>
    public Unbonding? FindUnbonding(IStateReader state, ulong number) =>
        _state.Unbondings.TryGet(state, number, out Unbonding? unbonding) ? unbonding : null;

    /// <summary>The sets that the state knows: from the epoch before the present one to the latest that is named, ascending.</summary>
    public IReadOnlyList<NamedValidators> ValidatorsIn(IStateReader state)
    {
        ulong epoch = _state.Epoch.GetOr(state, 0);
        var named = new List<NamedValidators>();
        for (ulong each = epoch == 0 ? 0 : epoch - 1; each <= epoch + Parameters.Lookahead; each++)
        {
            if (_state.Sets.TryGet(state, each, out ValidatorSet? set))
            {
                named.Add(new NamedValidators(each, Parameters.FirstOf(each), set));
            }
        }

        return named;
    }

    /// <inheritdoc/>
    public bool NamesValidators(BlockHeight height) => Parameters.IsLastOfEpoch(height);

    /// <inheritdoc/>
    public ValidatorSet ValidatorsOf(IStateReader state) =>
        _state.Sets.GetOr(state, _state.Epoch.GetOr(state, 0) + Parameters.Lookahead, ValidatorSet.Empty);

    /// <inheritdoc/>
    public bool IsSettled(IStateReader state, BlockHeight height, ReadOnlyMemory<byte> proof) =>
        _proofs is null || !_proofs.TryRead(proof, out Offence? offence) || _punishment.IsSettled(state, height, offence);

    /// <inheritdoc/>
    public void EndBlock(CallContext context, BlockActivity? activity)
    {
        ArgumentNullException.ThrowIfNull(context);
        ulong epoch = Parameters.EpochOf(context.Height);
        if (activity is not null && Parameters.EpochOf(activity.Height) == epoch)
        {
            _state.Activity.Set(context, _state.Activity.GetOr(context, EpochActivity.None(0)).With(activity));
        }

        if (Parameters.IsLastOfEpoch(context.Height))
        {
            _turn.Run(context, epoch);
        }
    }

    /// <inheritdoc/>
    protected internal override CallResult Initialize(CallContext context, ReadOnlyMemory<byte> data)
    {
        if (!GenesisCodec.TryDecode(data, out IReadOnlyList<StakingGenesisValidator>? validators))
        {
            return CallResult.Failure("the validators do not decode");
        }

        _state.Parameters.Set(context, Parameters);
        _state.ChurnLimit.Set(context, ulong.MaxValue);
        foreach (StakingGenesisValidator validator in validators)
        {
            CallResult result = Register(context, validator.Operator, validator.Key, validator.Commission, validator.Stake);
            if (result.IsFailure)
            {
                return CallResult.Failure($"validator {validator.Operator}: {result.Reason}");
            }
        }

        return _turn.TryBegin(context) ? CallResult.Success : CallResult.Failure("nobody may act");
    }

    private static AccountAddress Pool(string name) =>
        new(new HashDomain("chain-core/staking-account/v1").Hash(System.Text.Encoding.ASCII.GetBytes(name)));

    private CallResult OnCreate(
        CallContext context, ((ValidatorKey Key, ReadOnlyMemory<byte> Possession) Proved, BasisPoints Commission, ulong Stake) call)
    {
        ValidatorKey key = call.Proved.Key;
        context.Charge(SignatureCost);
        Hash256 message = PossessionMessage(context.Genesis, context.Sender, key);
        bool isProved = context.Schemes.Find(key.Scheme) is { } scheme
            && scheme.Verify(key.PublicKey.Span, Hash256.AsSpan(in message), call.Proved.Possession.Span);
        return isProved
            ? Register(context, context.Sender, key, call.Commission, call.Stake)
            : CallResult.Failure("the key did not sign for this operator");
    }

    private CallResult Register(CallContext context, AccountAddress validator, ValidatorKey key, BasisPoints commission, ulong stake)
    {
        if (_state.Validators.Contains(context, validator) || _state.Keys.Contains(context, StakingState.IdOf(key)))
        {
            return CallResult.Failure("the operator or the key has a validator already");
        }

        if (!commission.IsValid || stake < Parameters.MinSelfBond)
        {
            return CallResult.Failure("the commission is more than the whole, or the stake too low");
        }

        var record = new ValidatorRecord { Key = key, Commission = commission, CommissionSince = Parameters.EpochOf(context.Height) };
        _state.Validators.Set(context, validator, record);
        _state.Keys.Set(context, StakingState.IdOf(key), validator);
        return _bonding.Bond(context, validator, validator, stake);
    }

    private CallResult OnBond(CallContext context, (AccountAddress Validator, ulong Amount) call) =>
        _bonding.Bond(context, call.Validator, context.Sender, call.Amount);

    private CallResult OnUnbond(CallContext context, (AccountAddress Validator, ulong Amount) call)
    {
        CallResult result = _bonding.Unbond(context, call.Validator, context.Sender, call.Amount, out ulong number);
        if (!result.IsFailure)
        {
            Unbonded.Emit(context, number);
        }

        return result;
    }

    private CallResult OnSetCommission(CallContext context, BasisPoints commission)
    {
        if (!commission.IsValid || !_state.Validators.TryGet(context, context.Sender, out ValidatorRecord? record))
        {
            return CallResult.Failure("the sender has no validator, or the commission is more than the whole");
        }

        ulong epoch = Parameters.EpochOf(context.Height);
        uint most = record.Commission.Value + (epoch > record.CommissionSince ? BasisPoints.Percent : 0);
        if (commission.Value > most)
        {
            return CallResult.Failure("a commission rises by a percent once an epoch");
        }

        bool rises = commission.Value > record.Commission.Value;
        _state.Validators.Set(
            context, context.Sender, record with { Commission = commission, CommissionSince = rises ? epoch : record.CommissionSince });
        return CallResult.Success;
    }

    private CallResult OnReport(CallContext context, ReadOnlyMemory<byte> proof)
    {
        context.Charge(2 * SignatureCost);
        if (_proofs is null || !_proofs.TryVerify(context.Genesis, proof, out Offence? offence))
        {
            return CallResult.Failure("this proves no offence");
        }

        CallResult result = _punishment.Punish(context, offence);
        if (!result.IsFailure)
        {
            Punished.Emit(context, (offence.Offender, offence.Kind));
        }

        return result;
    }
}
