using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// The chain's own coin: balances, transfers and fees. All of it is made at genesis and none is ever made or
/// burned later: fees go to <see cref="FeeAccount"/>, which no key controls, for other modules to pay out.
/// </summary>
public sealed class TokenModule : Module, IFeeModule
{
    /// <summary>Most accounts that a genesis can give coins.</summary>
    public const int MaxAllocations = 65_536;

    private static readonly Codec<IReadOnlyList<(AccountAddress First, ulong Second)>> Allocations =
        Codecs.List(Codecs.Pair(Codecs.Address, Codecs.U64), MaxAllocations);

    private readonly StateValue<ulong> _supply;
    private readonly ModuleMethod<(AccountAddress First, ulong Second)> _transfer;

    /// <summary>A token module named <c>token</c>.</summary>
    public TokenModule()
        : base("token")
    {
        Balances = Map("balances", Codecs.Address, Codecs.U64);
        _supply = Value("supply", Codecs.U64);
        _transfer = Method("transfer", Codecs.Pair(Codecs.Address, Codecs.U64).Named("to", "amount"), OnTransfer);
        Transferred = Event("transferred", Codecs.Triple(Codecs.Address, Codecs.Address, Codecs.U64).Named("from", "to", "amount"));
    }

    /// <summary>Where fees are collected.</summary>
    public static AccountAddress FeeAccount { get; } = new(new HashDomain("chain-core/fee-account/v1").Hash([]));

    /// <summary>What each account has, in the smallest unit; accounts that have nothing are not set.</summary>
    public StateMap<AccountAddress, ulong> Balances { get; }

    /// <summary>Reported by each transfer: from, to, amount.</summary>
    public ModuleEvent<(AccountAddress From, AccountAddress To, ulong Amount)> Transferred { get; }

    /// <summary>The genesis data that gives these accounts these amounts, each account once.</summary>
    public static ReadOnlyMemory<byte> GenesisData(params (AccountAddress Account, ulong Amount)[] allocations)
    {
        ArgumentNullException.ThrowIfNull(allocations);
        return Allocations.Encode(allocations);
    }

    /// <summary>The call that moves <paramref name="amount"/> from the transaction's sender.</summary>
    public Call Transfer(AccountAddress to, ulong amount) => _transfer.Call((to, amount));

    /// <summary>All coins that there are.</summary>
    public ulong SupplyOf(IStateReader state) => _supply.GetOr(state, 0);

    /// <summary>What <paramref name="account"/> has.</summary>
    public ulong BalanceOf(IStateReader state, AccountAddress account) => Balances.GetOr(state, account, 0);

    /// <summary>Moves coins within a call; for other modules too.</summary>
    /// <returns>Failure, and nothing moved, where <paramref name="from"/> has less.</returns>
    public CallResult Move(CallContext context, AccountAddress from, AccountAddress to, ulong amount)
    {
        if (!TryMove(context, from, to, amount))
        {
            return CallResult.Failure("the balance is too low");
        }

        Transferred.Emit(context, (from, to, amount));
        return CallResult.Success;
    }

    /// <summary>Moves coins that another module knows to be there, without an event.</summary>
    /// <exception cref="InvalidOperationException">They are not: the state is damaged.</exception>
    internal void MoveCovered(CallContext context, AccountAddress from, AccountAddress to, ulong amount)
    {
        if (!TryMove(context, from, to, amount))
        {
            throw new InvalidOperationException("Coins are not where they must be: the state is damaged.");
        }
    }

    /// <summary>Moves coins without an event, or changes nothing and answers false where there are too few.</summary>
    internal bool TryMove(CallContext context, AccountAddress from, AccountAddress to, ulong amount)
    {
        ulong available = BalanceOf(context, from);
        if (available < amount)
        {
            return false;
        }

        if (amount != 0 && from != to)
        {
            // No balance exceeds the supply, so the sum fits.
            SetBalance(context, from, available - amount);
            SetBalance(context, to, BalanceOf(context, to) + amount);
        }

        return true;
    }

    /// <inheritdoc/>
    public ulong Spendable(IStateReader state, AccountAddress payer) => BalanceOf(state, payer);

    /// <inheritdoc/>
    public bool TryPay(CallContext context, AccountAddress payer, ulong fee) => TryMove(context, payer, FeeAccount, fee);

    /// <inheritdoc/>
    protected internal override CallResult Initialize(CallContext context, ReadOnlyMemory<byte> data)
    {
        IReadOnlyList<(AccountAddress Account, ulong Amount)>? allocations = [];
        if (!data.IsEmpty && !Allocations.TryDecode(data, out allocations))
        {
            return CallResult.Failure("the allocations do not decode");
        }

        ulong supply = 0;
        foreach ((AccountAddress account, ulong amount) in allocations)
        {
            if (Balances.Contains(context, account) || amount > ulong.MaxValue - supply)
            {
                return CallResult.Failure($"the allocation of {account} stands twice or is too great");
            }

            supply += amount;
            SetBalance(context, account, amount);
        }

        _supply.Set(context, supply);
        return CallResult.Success;
    }

    private CallResult OnTransfer(CallContext context, (AccountAddress To, ulong Amount) transfer) =>
        Move(context, context.Sender, transfer.To, transfer.Amount);

    private void SetBalance(CallContext context, AccountAddress account, ulong balance)
    {
        if (balance == 0)
        {
            Balances.Remove(context, account);
        }
        else
        {
            Balances.Set(context, account, balance);
        }
    }
}
