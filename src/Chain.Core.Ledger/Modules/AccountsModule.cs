using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The module of every chain that counts the transactions of each account.</summary>
public sealed class AccountsModule : Module
{
    internal AccountsModule()
        : base("accounts") => Nonces = Map("nonces", Codecs.Address, Codecs.U64);

    /// <summary>How many transactions of each account were applied; not set where none was.</summary>
    public StateMap<AccountAddress, ulong> Nonces { get; }

    /// <summary>The nonce that the next transaction of <paramref name="account"/> must carry.</summary>
    public ulong NextNonce(IStateReader state, AccountAddress account) => Nonces.GetOr(state, account, 0);
}
