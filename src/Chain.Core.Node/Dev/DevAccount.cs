using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>An account of a dev chain. Its secret is public: never use it for anything of value.</summary>
public sealed class DevAccount
{
    private readonly ChainNode _node;
    private readonly ISigner _key;
    private readonly Lock _gate = new();
    private ulong _nextNonce;

    internal DevAccount(ChainNode node, string name, ISigner key)
    {
        _node = node;
        _key = key;
        Name = name;
        Address = AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
    }

    /// <summary>A name for people.</summary>
    public string Name { get; }

    /// <summary>The account.</summary>
    public AccountAddress Address { get; }

    /// <summary>Signs a transfer of the chain's own coin with the account's next nonce.</summary>
    public Transaction Transfer(AccountAddress to, ulong amount) => Sign(_node.Chain.Ledger.Get<TokenModule>().Transfer(to, amount));

    /// <summary>Signs any call with the account's next nonce.</summary>
    public Transaction Sign(Call call)
    {
        const ulong Lifetime = 1000;
        lock (_gate)
        {
            ulong applied = _node.Query((_, state) => _node.Chain.Ledger.Accounts.NextNonce(state, Address));
            ulong nonce = ulong.Max(applied, _nextNonce);
            var validUntil = new BlockHeight(_node.Head.Height.Value + Lifetime);
            var terms = new TransactionTerms(nonce, _node.Chain.Ledger.Limits.MinFee, validUntil, call);
            _nextNonce = nonce + 1;
            return Transaction.Sign(in terms, _node.Chain.GenesisId, _key);
        }
    }

    /// <summary>Counts from the nonce of the state again: what was signed since is lost, or the chain went back.</summary>
    internal void Recount()
    {
        lock (_gate)
        {
            _nextNonce = 0;
        }
    }
}
