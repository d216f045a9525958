using System.Diagnostics;
using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Benchmarks.Storage;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>
/// Blocks that do as much of one thing as the default limits allow, verified with every signature, on one core, from a
/// store of which nothing is in the node's memory. The slowest is the figure.
/// </summary>
internal static class CostliestContest
{
    private const int Senders = 8_000;
    private static readonly string[] Kinds = ["transfer", "read", "write", "tell", "fill"];

    public static Contest Verify()
    {
        var token = new TokenModule();
        var burn = new BurnModule();
        var definition = new LedgerDefinition([token, burn]);
        Ed25519PrivateKey[] keys = [.. Enumerable.Range(0, Senders).Select(static i => new Ed25519PrivateKey(SHA256.HashData(BitConverter.GetBytes(i))))];
        AccountAddress[] accounts = Array.ConvertAll(keys, static key => AccountAddress.FromKey(key.Scheme, key.PublicKey.Span));
        var directory = new ScratchDirectory();
        RocksDbStore store = RocksDbStore.Open(directory.Path);
        var begin = new WriteBatch();
        StateChange[] balances = Array.ConvertAll(
            accounts, account => new StateChange(token.Balances.KeyOf(account), Codecs.U64.Encode(1_000_000UL)));
        StateChange[] cells =
            [.. Enumerable.Range(0, (int)BurnModule.Keys).Select(i => new StateChange(burn.Cells.KeyOf((ulong)i), Codecs.U64.Encode((ulong)i)))];
        ChainState state = ChainState
            .CreateEmpty(store, definition.Modules.Select(static module => module.Name))
            .Apply([new ModuleChanges(token.Name, balances), new ModuleChanges(burn.Name, cells)])
            .WriteNew(begin);
        store.Write(begin, Durability.Durable);
        var slowest = (Time: TimeSpan.Zero, Verify: (Action)(static () => { }));
        foreach (string kind in Kinds)
        {
            Transaction[] calls = kind == "transfer"
                ? [.. keys.Select((key, i) => Sign(key, token.Transfer(accounts[(i * 31) % Senders], 1)))]
                : CallsOf(kind, keys, burn);
            Action verify = Prepare(definition, state.Root, calls, store, out string size);
            verify();
            long began = Stopwatch.GetTimestamp();
            verify();
            TimeSpan time = Stopwatch.GetElapsedTime(began);
            Console.Error.WriteLine($"costliest {kind}: {size}, {time.TotalMilliseconds:F0} ms");
            slowest = time > slowest.Time ? (time, verify) : slowest;
        }

        return Contest.Alone(slowest.Verify, static () => null) with
        {
            Release = () =>
            {
                store.Dispose();
                directory.Dispose();
            },
        };
    }

    /// <summary>A few calls that each take almost all that a transaction may cost.</summary>
    private static Transaction[] CallsOf(string kind, Ed25519PrivateKey[] keys, BurnModule burn)
    {
        ulong times = kind switch { "read" => 6_000UL, "write" => 1_850UL, "tell" => 16_000UL, _ => 380UL };
        return [.. keys.Take(40).Select((key, i) => Sign(key, burn.Call(kind, (ulong)i * 1_000_003, times)))];
    }

    private static Transaction Sign(Ed25519PrivateKey key, Call call) =>
        Transaction.Sign(new TransactionTerms(0, 10, new BlockHeight(1000), call), TransferChain.Genesis, key);

    private static Action Prepare(
        LedgerDefinition definition, Hash256 root, Transaction[] calls, RocksDbStore store, out string size)
    {
        var frame = new BlockFrame(TransferChain.Genesis, new BlockHeight(1), new UnixTime(1_700_000_001_000));
        var built = (BlockBuilt)new BuildBlockJob(definition, root, frame, calls, BlockBudget.Of(definition.Limits)).Run(store);
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion, frame.Height, TransferChain.Genesis, frame.Time, built.TransactionsRoot, built.StateRoot, default);
        byte[] encoded = Block.Create(BlockHeader.Create(in fields, default), built.Transactions).Encoded.ToArray();
        size = $"{built.Transactions.Count} transactions, {encoded.Length} bytes, cost {built.Cost}";
        return () =>
        {
            if (!WireValue.TryDecode(encoded, out Block? block, out _))
            {
                throw new InvalidOperationException("A block was not decoded.");
            }

            using IKeyValueSnapshot snapshot = store.CreateSnapshot();
            var executed = (BlockExecuted)new ExecuteBlockJob(definition, TransferChain.Genesis, root, block).Run(snapshot);
            if (!executed.IsValid)
            {
                throw new InvalidOperationException(executed.Reason);
            }
        };
    }
}
