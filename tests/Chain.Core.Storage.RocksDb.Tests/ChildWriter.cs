using Chain.Core.Machines;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Writes numbered durable batches for ever and says which were acknowledged; and checks what is left of them.</summary>
internal static class ChildWriter
{
    private const int Items = 12;

    // Small, so that tables are written and merged while the process dies.
    internal static RocksDbStoreOptions Options { get; } = new() { MemoryBudget = RocksDbStoreOptions.MinMemoryBudget };

    /// <summary>Behind the first ones every so many batches one is so large that it goes to tables at once; later on fewer, as all is read again after each death.</summary>
    private const int LargeEvery = 8;

    private const int LateLargeEvery = 128;

    private const int FirstLate = 100;

    private const int FirstLarge = 24;

    private const int LargeItems = 3000;

    internal static int Run(string directory)
    {
        try
        {
            using RocksDbStore store = RocksDbStore.Open(directory, Options);
            for (int number = LastWhole(store) + 1; ; number++)
            {
                store.Write(Batch(number), Durability.Durable);
                Console.Out.WriteLine(number);
            }
        }
        catch (StorageException fault)
        {
            Console.Out.WriteLine($"{fault.Fault}");
            return 74;
        }
    }

    internal static void Write(IKeyValueStore store, int batches)
    {
        for (int number = 1; number <= batches; number++)
        {
            store.Write(Batch(number), Durability.Durable);
        }
    }

    /// <summary>The number of the last batch; throws where a batch is there in part, or one before it is missing.</summary>
    internal static int LastWhole(IKeyValueReader store)
    {
        int last = store.TryGet("last"u8, out byte[]? value) ? BitConverter.ToInt32(value) : 0;
        int expected = 1;
        int item = 0;
        foreach (KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> pair in store.Scan("item"u8.ToArray()))
        {
            Assert.True(pair.Key.Span.SequenceEqual(Key(expected, item)), $"Batch {expected} lacks item {item}.");
            Assert.True(pair.Value.Span.SequenceEqual(Value(expected, item)), $"Batch {expected} has another item {item}.");
            item++;
            if (item == ItemsOf(expected))
            {
                (expected, item) = (expected + 1, 0);
            }
        }

        Assert.Equal((last + 1, 0), (expected, item));
        return last;
    }

    private static WriteBatch Batch(int number)
    {
        var batch = new WriteBatch();
        for (int item = 0; item < ItemsOf(number); item++)
        {
            batch.Put(Key(number, item), Value(number, item));
        }

        batch.Put("last"u8.ToArray(), BitConverter.GetBytes(number));
        return batch;
    }

    private static int ItemsOf(int number) => number >= FirstLarge && number % (number < FirstLate ? LargeEvery : LateLargeEvery) == 0 ? LargeItems : Items;

    private static byte[] Key(int number, int item) => System.Text.Encoding.ASCII.GetBytes($"item {number:D8} {item:D4}");

    private static byte[] Value(int number, int item)
    {
        var random = new DeterministicRandom((ulong)((number * 10_000) + item));
        var value = new byte[400];
        for (int i = 0; i < value.Length; i += sizeof(ulong))
        {
            BitConverter.TryWriteBytes(value.AsSpan(i), random.NextUInt64());
        }

        return value;
    }
}
