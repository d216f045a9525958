using System.Globalization;
using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>An account of a simulated chain, whose key everybody can compute: for simulations only.</summary>
public sealed class SimulatedAccount
{
    private readonly Hash256 _seed;

    internal SimulatedAccount(int index)
    {
        _seed = Sha256.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"simulated account {index}")));
        using Ed25519PrivateKey key = OpenKey();
        Index = index;
        Address = AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
    }

    /// <summary>Its number.</summary>
    public int Index { get; }

    /// <summary>Where coins are sent to.</summary>
    public AccountAddress Address { get; }

    /// <summary>The nonce of the next transaction that it signs.</summary>
    public ulong NextNonce { get; private set; }

    /// <summary>Signs the next transaction: a transfer.</summary>
    public Transaction Transfer(SimulatedChain chain, AccountAddress to, ulong amount, ulong fee = 1)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return Sign(chain, chain.Token.Transfer(to, amount), fee);
    }

    /// <summary>Signs the next transaction, valid for ever.</summary>
    public Transaction Sign(SimulatedChain chain, Call call, ulong fee = 1)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var terms = new TransactionTerms(NextNonce++, fee, new BlockHeight(ulong.MaxValue), call);
        using Ed25519PrivateKey key = OpenKey();
        return Transaction.Sign(in terms, chain.Definition.GenesisId, key);
    }

    private Ed25519PrivateKey OpenKey() => new(Hash256.AsSpan(in _seed));
}
