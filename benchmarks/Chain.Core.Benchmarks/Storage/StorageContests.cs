using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage.RocksDb;

namespace Chain.Core.Benchmarks.Storage;

/// <summary>The state of a million keys in RocksDB.</summary>
internal static class StorageContests
{
    /// <summary>Keys that change in a call.</summary>
    public const int Updates = 100_000;

    private const string Module = "token";
    private const int Keys = 1_000_000;
    private const int KeysInABatch = 1000;
    private const long MaxResidentNodes = 4_000_000;

    /// <summary>A hundred durable commits of a thousand keys each, with a root after each, against the same keys in plain durable batches.</summary>
    public static Contest Commit()
    {
        var directory = new ScratchDirectory();
        var plainDirectory = new ScratchDirectory();
        RocksDbStore store = RocksDbStore.Open(directory.Path);
        RocksDbStore plain = RocksDbStore.Open(plainDirectory.Path);
        ResidentState? state = Fill(store);
        FillPlain(plain);
        var random = new DeterministicRandom(8);
        var plainRandom = new DeterministicRandom(8);
        long round = 0;
        long plainRound = 0;
        return new Contest(
            () =>
            {
                for (int i = 0; i < Updates / KeysInABatch; i++)
                {
                    Hash256 root = state!.Root;
                    var batch = new WriteBatch();
                    ChainState next = ChainState.Open(store, in root, state)
                        .Apply([new ModuleChanges(Module, NextChanges(random, ++round))])
                        .Commit(batch);
                    store.Write(batch, Durability.Durable);
                    state = next.ToResident(MaxResidentNodes);
                }
            },
            () =>
            {
                for (int i = 0; i < Updates / KeysInABatch; i++)
                {
                    var batch = new WriteBatch();
                    foreach (StateChange change in NextChanges(plainRandom, ++plainRound))
                    {
                        batch.Put(change.Key, change.Value!.Value);
                    }

                    plain.Write(batch, Durability.Durable);
                }
            },
            () => null)
        {
            Release = () =>
            {
                store.Dispose();
                plain.Dispose();
                directory.Dispose();
                plainDirectory.Dispose();
            },
        };
    }

    /// <summary>Opening the store and the state of its head and reading an account, against opening the store alone.</summary>
    public static Contest Restart()
    {
        var directory = new ScratchDirectory();
        Hash256 root;
        using (RocksDbStore store = RocksDbStore.Open(directory.Path))
        {
            root = Fill(store)!.Root;
        }

        return new Contest(
            () =>
            {
                using RocksDbStore store = RocksDbStore.Open(directory.Path);
                if (!ChainState.Open(store, in root).TryGet(Module, KeyOf(77), out _))
                {
                    throw new InvalidOperationException("The account is gone.");
                }
            },
            () => RocksDbStore.Open(directory.Path).Dispose(),
            () => null)
        {
            Release = directory.Dispose,
        };
    }

    private static ResidentState? Fill(RocksDbStore store)
    {
        ChainState state = ChainState.CreateEmpty(store, [Module]);
        const int Parts = 10;
        for (int part = 0; part < Parts; part++)
        {
            int first = part * (Keys / Parts);
            var batch = new WriteBatch();
            state = state
                .Apply([new ModuleChanges(Module, [.. Enumerable.Range(first, Keys / Parts).Select(static key => Change(key, 0))])])
                .WriteNew(batch);
            store.Write(batch, Durability.Buffered);
        }

        return state.ToResident(MaxResidentNodes);
    }

    private static void FillPlain(RocksDbStore store)
    {
        for (int first = 0; first < Keys; first += KeysInABatch)
        {
            var batch = new WriteBatch();
            for (int key = first; key < first + KeysInABatch; key++)
            {
                StateChange change = Change(key, 0);
                batch.Put(change.Key, change.Value!.Value);
            }

            store.Write(batch, Durability.Buffered);
        }
    }

    private static StateChange[] NextChanges(DeterministicRandom random, long round)
    {
        var keys = new HashSet<int>();
        while (keys.Count < KeysInABatch)
        {
            keys.Add(random.NextIndex(Keys));
        }

        return [.. keys.Select(key => Change(key, round))];
    }

    private static StateChange Change(int key, long round) => new(KeyOf(key), BitConverter.GetBytes(key + (round << 32)));

    private static byte[] KeyOf(int key) => SHA256.HashData(BitConverter.GetBytes(key));
}
