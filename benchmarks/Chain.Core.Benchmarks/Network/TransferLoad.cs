using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>A chain with many funded accounts, and transfers between them that were signed beforehand.</summary>
internal sealed class TransferLoad
{
    private const int Rounds = 5;

    private readonly Transaction[] _transactions;
    private int _taken;

    /// <summary>Signs the transfers.</summary>
    /// <param name="consensus">The engine of the chain; the Dev engine where it is null.</param>
    /// <param name="accounts">How many accounts pay, five times each.</param>
    public TransferLoad(IConsensusPlugin? consensus = null, int accounts = 16_384)
    {
        var token = new TokenModule();
        Ed25519PrivateKey[] keys = [.. Enumerable.Range(0, accounts).Select(static i =>
        {
            Hash256 seed = Sha256.Hash(BitConverter.GetBytes(i));
            return new Ed25519PrivateKey(Hash256.AsSpan(in seed));
        })];
        AccountAddress[] addresses = [.. keys.Select(static key => AccountAddress.FromKey(key.Scheme, key.PublicKey.Span))];
        Chain = new ChainDefinition(
            consensus ?? new DevConsensus(),
            new LedgerDefinition([token]),
            new GenesisSpec(
                9,
                "benchmark",
                new UnixTime(1_767_225_600_000),
                [new ModuleGenesis(token.Name, TokenModule.GenesisData([.. addresses.Select(static address => (address, 1_000_000UL))]))]));
        _transactions = [.. Enumerable.Range(0, accounts * Rounds).AsParallel().AsOrdered().Select(i =>
        {
            int account = i % accounts;
            var terms = new TransactionTerms(
                (ulong)(i / accounts), 10, new BlockHeight(uint.MaxValue), token.Transfer(addresses[(account + 1) % accounts], 1));
            return Transaction.Sign(in terms, Chain.GenesisId, keys[account]);
        })];
        Array.ForEach(keys, static key => key.Dispose());
    }

    public ChainDefinition Chain { get; }

    /// <summary>The next transfers, never handed out before.</summary>
    public Transaction[] Take(int count)
    {
        if (_taken + count > _transactions.Length)
        {
            throw new InvalidOperationException("The load is used up: sign more.");
        }

        Transaction[] taken = _transactions[_taken..(_taken + count)];
        _taken += count;
        return taken;
    }
}
