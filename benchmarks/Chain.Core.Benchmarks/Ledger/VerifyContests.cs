using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Benchmarks.Storage;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>Blocks of 10,000 transfers, verified on all cores.</summary>
internal static class VerifyContests
{
    /// <summary>Transfers in a block.</summary>
    public const int Transfers = 10_000;

    private const int Accounts = 100_000;
    private const int Blocks = 4;

    private static readonly int Cores = Environment.ProcessorCount;

    /// <summary>Decode, signatures, execution and root of a block, against libsodium checking its signatures alone.</summary>
    public static Contest Block10000()
    {
        (TransferChain chain, List<AppendedBlock> blocks, MemoryTable table) = Make(1);
        AppendedBlock block = blocks[0];
        SignatureClaim[] claims = ClaimsOf(block);
        SodiumVerifier[] sodium = [.. Split(claims.Length).Select(part => new SodiumVerifier(claims[part]))];
        ResidentState? resident = chain.BeginState.ToResident(long.MaxValue);
        return new Contest(
            () => Verify(chain, block, table, resident),
            () => Parallel.ForEach(sodium, static part => part.Verify(new bool[Transfers])),
            () => null);
    }

    /// <summary>A stored chain verified again from disk, against the same blocks verified from memory.</summary>
    public static Contest SyncFromDisk()
    {
        (TransferChain chain, List<AppendedBlock> blocks, MemoryTable table) = Make(Blocks);
        var directory = new ScratchDirectory();
        RocksDbStore store = RocksDbStore.Open(directory.Path);
        var bodies = new WriteBatch();
        for (int i = 0; i < blocks.Count; i++)
        {
            bodies.Put(BitConverter.GetBytes(i), blocks[i].Encoded);
        }

        store.Write(chain.BeginWrites, Durability.Buffered);
        store.Write(bodies, Durability.Durable);
        var again = new WriteBatch();
        blocks.ForEach(block => again.Delete((byte[])[.. LedgerKeys.StateRootPrefix, .. block.StateRoot.ToArray()]));
        return new Contest(
            () =>
            {
                store.Write(again, Durability.Buffered);
                ResidentState? resident = chain.BeginState.ToResident(long.MaxValue);
                for (int i = 0; i < blocks.Count; i++)
                {
                    store.TryGet(BitConverter.GetBytes(i), out byte[]? encoded);
                    BlockExecuted executed = Verify(chain, blocks[i] with { Encoded = encoded! }, store, resident);
                    store.Write(executed.Writes, Durability.Buffered);
                    resident = executed.Resident;
                }
            },
            () =>
            {
                ResidentState? resident = chain.BeginState.ToResident(long.MaxValue);
                foreach (AppendedBlock block in blocks)
                {
                    resident = Verify(chain, block, table, resident).Resident;
                }
            },
            () => null)
        {
            Release = () =>
            {
                store.Dispose();
                directory.Dispose();
            },
        };
    }

    private static (TransferChain Chain, List<AppendedBlock> Blocks, MemoryTable Table) Make(int blocks)
    {
        var limits = new LedgerLimits { BlockBytes = 3 << 20, BlockCost = 1_000_000_000 };
        var chain = new TransferChain(Accounts, Transfers, limits);
        var table = new MemoryTable();
        table.Apply(chain.BeginWrites);
        List<AppendedBlock> made = chain.MakeBlocks(blocks, Transfers, table);
        var fresh = new MemoryTable(); // without the states that were just made, so that they are made again
        fresh.Apply(chain.BeginWrites);
        return (chain, made, fresh);
    }

    private static BlockExecuted Verify(TransferChain chain, AppendedBlock block, IKeyValueReader store, ResidentState? resident)
    {
        if (!WireValue.TryDecode(block.Encoded, out Block? decoded, out _))
        {
            throw new InvalidOperationException("A block was not decoded.");
        }

        // One job more than cores: execution takes about as long as a half of the signatures.
        Range[] parts = Split(decoded.Transactions.Count);
        int[] places = [.. Enumerable.Range(0, decoded.Transactions.Count)];
        BlockExecuted? executed = null;
        bool signed = true;
        Parallel.For(0, parts.Length + 1, part =>
        {
            if (part == 0)
            {
                executed = (BlockExecuted)new ExecuteBlockJob(chain.Definition, TransferChain.Genesis, block.ParentStateRoot, decoded)
                {
                    Resident = resident,
                    MaxResidentNodes = long.MaxValue,
                    SignaturesToCheck = [],
                }.Run(store);
            }
            else if (new CheckSignaturesJob(chain.Definition, TransferChain.Genesis, decoded, places[parts[part - 1]]).Run(store)
                is not SignaturesChecked { FirstWrong: null })
            {
                signed = false;
            }
        });
        return signed && executed!.IsValid && executed.StateRoot == block.StateRoot
            ? executed
            : throw new InvalidOperationException($"A block was refused: {executed?.Reason}");
    }

    private static Range[] Split(int count) =>
        [.. Enumerable.Range(0, Cores).Select(core => (count * core / Cores)..(count * (core + 1) / Cores))];

    private static SignatureClaim[] ClaimsOf(AppendedBlock block) =>
        WireValue.TryDecode(block.Encoded, out Block? decoded, out _)
            ? [.. decoded.Transactions.Select(static transaction => transaction.ClaimFor(TransferChain.Genesis))]
            : [];
}
