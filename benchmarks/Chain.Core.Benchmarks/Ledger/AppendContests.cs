using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Benchmarks.Storage;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>Blocks of 1,000 transfers appended to a chain of 100,000 accounts on disk.</summary>
internal static class AppendContests
{
    /// <summary>Transfers in a block.</summary>
    public const int Transfers = 1000;

    private const int Accounts = 100_000;
    private const int Blocks = 22; // the last one brings the differences to the keys after which the state is stored whole
    private const long MaxResidentNodes = 1_200_000;

    /// <summary>With every signature checked.</summary>
    public static Contest Unseen() => Append(null);

    /// <summary>With signatures known from the admission of each transaction.</summary>
    public static Contest Known() => Append([]);

    private static Contest Append(int[]? signatures)
    {
        var chain = new TransferChain(Accounts, Transfers);
        var table = new MemoryTable();
        table.Apply(chain.BeginWrites);
        List<AppendedBlock> blocks = chain.MakeBlocks(Blocks, Transfers, table);
        var directory = new ScratchDirectory();
        RocksDbStore store = RocksDbStore.Open(directory.Path);
        store.Write(chain.BeginWrites, Durability.Buffered);
        // What the first round reads stays in memory, as in a node that has been running for a while.
        ResidentState? begin = ChainState.Open(store, chain.BeginState.Root).ToResident(MaxResidentNodes);
        ResidentState? resident = null;
        var again = new WriteBatch();
        blocks.ForEach(block => again.Delete((byte[])[.. LedgerKeys.StateRootPrefix, .. block.StateRoot.ToArray()]));
        int next = 0;
        void AppendNext()
        {
            if (next % Blocks == 0)
            {
                // A state that is stored already is not written again: the next round is to do all of its work.
                store.Write(again, Durability.Buffered);
                resident = begin;
            }

            AppendedBlock block = blocks[next++ % Blocks];
            Require(WireValue.TryDecode(block.Encoded, out Block? decoded, out _));
            var job = new ExecuteBlockJob(chain.Definition, TransferChain.Genesis, block.ParentStateRoot, decoded!)
            {
                Resident = resident,
                MaxResidentNodes = MaxResidentNodes,
                SignaturesToCheck = signatures,
            };
            BlockExecuted executed;
            using (Chain.Core.Storage.IKeyValueSnapshot snapshot = store.CreateSnapshot())
            {
                executed = (BlockExecuted)job.Run(snapshot);
            }

            Require(executed.IsValid && executed.StateRoot == block.StateRoot);
            bool isWhole = executed.Writes.Operations.Any(static write => write.Key.Span.StartsWith(LedgerKeys.StatePagePrefix));
            Require(isWhole == (next % Blocks == 0));
            resident = executed.Resident;
            store.Write(executed.Writes, Durability.Buffered);
        }

        return Contest.Alone(AppendNext, static () => null) with
        {
            Release = () =>
            {
                store.Dispose();
                directory.Dispose();
            },
        };
    }

    private static void Require(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("A block was not appended.");
        }
    }
}
