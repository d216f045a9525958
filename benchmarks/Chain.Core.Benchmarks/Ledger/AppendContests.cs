using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Benchmarks.Storage;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>
/// Blocks of 1,000 transfers appended to a chain of 100,000 accounts on disk. A call appends as many as lie between two
/// states that are stored whole, so that each has its share of writing them and of the collector.
/// </summary>
internal static class AppendContests
{
    /// <summary>Transfers in a call.</summary>
    public const int Transfers = Blocks * TransfersInABlock;

    private const int TransfersInABlock = 1000;
    private const int Accounts = 100_000;
    private const int Blocks = 22; // the last one brings the differences to the keys after which the state is stored whole
    private const long MaxResidentNodes = 1_200_000;

    /// <summary>With every signature checked.</summary>
    public static Contest Unseen() => Append(null);

    /// <summary>With signatures known from the admission of each transaction.</summary>
    public static Contest Known() => Append([]);

    private static Contest Append(int[]? signatures)
    {
        var chain = new TransferChain(Accounts, TransfersInABlock);
        var table = new MemoryTable();
        table.Apply(chain.BeginWrites);
        List<AppendedBlock> blocks = chain.MakeBlocks(Blocks, TransfersInABlock, table);
        var directory = new ScratchDirectory();
        RocksDbStore store = RocksDbStore.Open(directory.Path);
        store.Write(chain.BeginWrites, Durability.Buffered);
        // What the first round reads stays in memory, as in a node that has been running for a while.
        ResidentState? begin = ChainState.Open(store, chain.BeginState.Root).ToResident(MaxResidentNodes);
        var again = new WriteBatch();
        blocks.ForEach(block => again.Delete((byte[])[.. LedgerKeys.StateRootPrefix, .. block.StateRoot.ToArray()]));
        void AppendAll()
        {
            // A state that is stored already is not written again: each call is to do all of its work.
            store.Write(again, Durability.Buffered);
            ResidentState? resident = begin;
            foreach (AppendedBlock block in blocks)
            {
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
                Require(isWhole == ReferenceEquals(block, blocks[^1]));
                resident = executed.Resident;
                store.Write(executed.Writes, Durability.Buffered);
            }
        }

        return Contest.Alone(AppendAll, static () => null) with
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
