using System.Buffers.Binary;
using Chain.Core.Machines;

namespace Chain.Core.Storage.RocksDb.Tables;

/// <summary>Batches that go to tables at once, past the log.</summary>
public sealed class LargeBatchTests : IDisposable
{
    private const int Run = 2500;
    private const int ValueBytes = 500;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_LargeRunAmongSmallThings_IsReadAsWrittenAndAfterOpeningAgain()
    {
        using (RocksDbStore store = RocksDbStore.Open(_directory.Path))
        {
            Put(store, "head", 1);
            store.Write(Large(7), Durability.Durable);
            Assert.True(WentToTables(store, 7));
            Check(store);
        }

        using RocksDbStore again = RocksDbStore.Open(_directory.Path);
        Check(again);

        static void Check(RocksDbStore store)
        {
            Assert.Equal(7, Get(store, "head"));
            Assert.Equal(7, Get(store, "zz"));
            Assert.Equal(Run, store.Scan(Prefix(7)).Count());
            Assert.All(store.Scan(Prefix(7)), static pair => Assert.Equal(ValueBytes, pair.Value.Length));
        }
    }

    [Fact]
    public void Write_SmallWritesBeforeAndAfterALargeOne_TheLastOneCounts()
    {
        using RocksDbStore store = RocksDbStore.Open(_directory.Path);
        Put(store, "head", 1);
        store.Write(Large(2), Durability.Buffered);
        Assert.Equal(2, Get(store, "head"));
        Put(store, "head", 3);
        Assert.Equal(3, Get(store, "head"));

        var deletes = new WriteBatch();
        for (int item = 0; item < Run; item++)
        {
            deletes.Delete(Key(2, item));
        }

        store.Write(deletes, Durability.Durable);
        Assert.Empty(store.Scan(Prefix(2)));
        store.Write(Large(2), Durability.Durable);
        Assert.Equal(Run, store.Scan(Prefix(2)).Count());
    }

    [Fact]
    public void Write_LargeBatchWithRepetitionsAndDeletes_EqualsTheSameInSmallBatches()
    {
        var random = new DeterministicRandom(3);
        var large = new WriteBatch();
        var model = new SortedDictionary<int, byte[]>();
        for (int i = 0; i < 4 * Run; i++)
        {
            int item = random.NextIndex(2 * Run);
            if (random.NextIndex(4) == 0)
            {
                large.Delete(Key(1, item));
                model.Remove(item);
                continue;
            }

            large.Put(Key(1, item), model[item] = [.. BitConverter.GetBytes(i), .. new byte[ValueBytes]]);
        }

        using RocksDbStore store = RocksDbStore.Open(_directory.Path);
        store.Write(Large(1), Durability.Durable);
        foreach (int item in Enumerable.Range(0, Run).Where(item => large.Operations.All(each => !each.Key.Span.SequenceEqual(Key(1, item)))).ToArray())
        {
            model[item] = new byte[ValueBytes];
        }

        store.Write(large, Durability.Durable);

        Assert.Equal(
            model.Select(static pair => Convert.ToHexString(Key(1, pair.Key)) + Convert.ToHexString(pair.Value)),
            store.Scan(Prefix(1)).Select(static pair => Convert.ToHexString(pair.Key.Span) + Convert.ToHexString(pair.Value.Span)));
    }

    [Fact]
    public void Snapshot_TakenBeforeALargeBatch_DoesNotSeeIt()
    {
        using RocksDbStore store = RocksDbStore.Open(_directory.Path);
        Put(store, "head", 1);
        using IKeyValueSnapshot before = store.CreateSnapshot();

        store.Write(Large(2), Durability.Durable);

        Assert.True(before.TryGet("head"u8, out byte[]? head));
        Assert.Equal(1, BitConverter.ToInt32(head));
        Assert.False(before.TryGet(Key(2, 5), out _));
        Assert.Empty(before.Scan(Prefix(2)));
        Assert.True(store.TryGet(Key(2, 5), out _));
    }

    [Fact]
    public void Write_LargeWithoutNeighbours_GoesThroughTheLog()
    {
        using RocksDbStore store = RocksDbStore.Open(_directory.Path);
        var random = new DeterministicRandom(4);
        var batch = new WriteBatch();
        for (int i = 0; i < Run; i++)
        {
            var key = new byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(key, random.NextUInt64());
            batch.Put(key, new byte[ValueBytes]);
        }

        store.Write(batch, Durability.Durable);

        Assert.False(Directory.Exists(Path.Combine(_directory.Path, "incoming")));
        Assert.Equal(Run, store.Scan(default).Count());
    }

    [Fact]
    public void Open_TableThatACrashLeftHalfWritten_IsRemoved()
    {
        string incoming = Path.Combine(_directory.Path, "incoming");
        using (RocksDbStore store = RocksDbStore.Open(_directory.Path))
        {
            Put(store, "head", 1);
        }

        Directory.CreateDirectory(incoming);
        File.WriteAllBytes(Path.Combine(incoming, "0.sst"), new byte[100]);

        using RocksDbStore again = RocksDbStore.Open(_directory.Path);

        Assert.False(Directory.Exists(incoming));
        Assert.Equal(1, Get(again, "head"));
        again.Write(Large(2), Durability.Durable);
        Assert.Equal(2, Get(again, "head"));
    }

    [Fact]
    public void Write_TableCannotBeWritten_ShutsTheStore()
    {
        using (RocksDbStore store = RocksDbStore.Open(_directory.Path))
        {
            Put(store, "head", 1);
            File.WriteAllText(Path.Combine(_directory.Path, "incoming"), "");
            Assert.Throws<StorageException>(() => store.Write(Large(2), Durability.Durable));
            Assert.Throws<StorageException>(() => store.TryGet("head"u8, out _));
        }

        File.Delete(Path.Combine(_directory.Path, "incoming"));
        using RocksDbStore again = RocksDbStore.Open(_directory.Path);
        Assert.Equal(1, Get(again, "head"));
        Assert.Empty(again.Scan(Prefix(2)));
    }

    /// <summary>A run of neighbours between two keys that are far away.</summary>
    private static WriteBatch Large(int number)
    {
        var batch = new WriteBatch();
        batch.Put("zz"u8.ToArray(), BitConverter.GetBytes(number));
        for (int item = 0; item < Run; item++)
        {
            batch.Put(Key(number, item), new byte[ValueBytes]);
        }

        batch.Put("head"u8.ToArray(), BitConverter.GetBytes(number));
        return batch;
    }

    private static byte[] Prefix(int number) => System.Text.Encoding.ASCII.GetBytes($"run {number:D8} ");

    private static byte[] Key(int number, int item) => [.. Prefix(number), .. System.Text.Encoding.ASCII.GetBytes($"{item:D8}")];

    private bool WentToTables(RocksDbStore store, int number) =>
        Directory.Exists(Path.Combine(_directory.Path, "incoming")) && store.TryGet(Key(number, 0), out _);

    private static void Put(RocksDbStore store, string key, int value)
    {
        var batch = new WriteBatch();
        batch.Put(System.Text.Encoding.ASCII.GetBytes(key), BitConverter.GetBytes(value));
        store.Write(batch, Durability.Buffered);
    }

    private static int Get(RocksDbStore store, string key)
    {
        Assert.True(store.TryGet(System.Text.Encoding.ASCII.GetBytes(key), out byte[]? value));
        return BitConverter.ToInt32(value);
    }
}
