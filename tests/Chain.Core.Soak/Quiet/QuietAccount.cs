using Chain.Core.Crypto;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;
using QuickStart;

namespace Chain.Core.Soak.Quiet;

/// <summary>An account that pays through one node, in the order of its nonces.</summary>
internal sealed class QuietAccount(int index) : IDisposable
{
    private const ulong Fee = 10;

    private readonly Ed25519PrivateKey _key = Demo.KeyOf(index);

    public AccountAddress Address { get; } = Demo.AddressOf(index);

    /// <summary>How many payments it has signed.</summary>
    public ulong Signed { get; private set; }

    /// <summary>What a payment of now would cost.</summary>
    public Task EstimateAsync(RpcClient client) => client.EstimateAsync(_key.Scheme, _key.PublicKey, NextCall());

    public Transaction Pay(BlockId genesis) => Transaction.Sign(
        new TransactionTerms(Signed++, Fee, new BlockHeight(uint.MaxValue), NextCall()), genesis, _key);

    public void Dispose() => _key.Dispose();

    private Call NextCall() => Demo.Token.Transfer(Demo.AddressOf((index + 1) % Demo.Accounts), 1);
}
