using System.Text;
using Chain.Core.Machines;

namespace Chain.Core.Storage.Contract;

/// <summary>What every store must do. Each store's tests derive from this.</summary>
public abstract class KeyValueStoreContract : IDisposable
{
    private IKeyValueStore? _store;

    /// <summary>The store under test, empty at the start of each test.</summary>
    protected IKeyValueStore Store
    {
        get => _store ??= Create();
        set => _store = value;
    }

    public void Dispose()
    {
        _store?.Dispose();
        CleanUp();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void TryGet_KeyNeverWritten_IsFalse() => Assert.False(Store.TryGet("absent"u8, out _));

    [Theory]
    [InlineData(Durability.Buffered)]
    [InlineData(Durability.Durable)]
    public void TryGet_AfterPut_GivesTheValue(Durability durability)
    {
        Write(durability, batch => batch.Put(Bytes("key"), Bytes("value")));
        Assert.Equal("value", Get(Store, "key"));
    }

    [Fact]
    public void Put_ExistingKey_Replaces()
    {
        Put("key", "old");
        Put("key", "new");
        Assert.Equal("new", Get(Store, "key"));
        Assert.Equal(["key=new"], Scan(Store));
    }

    [Fact]
    public void Put_EmptyKeyAndEmptyValue_AreKept()
    {
        Put("", "empty key");
        Put("empty value", "");
        Assert.Equal("empty key", Get(Store, ""));
        Assert.Equal("", Get(Store, "empty value"));
        Assert.Equal(["=empty key", "empty value="], Scan(Store));
    }

    [Fact]
    public void Put_PartOfALargerArray_KeepsThatPartOnly()
    {
        byte[] shared = Bytes("..key..value..");
        Write(Durability.Buffered, batch => batch.Put(shared.AsMemory(2, 3), shared.AsMemory(7, 5)));
        Assert.Equal("value", Get(Store, "key"));
    }

    [Fact]
    public void Put_ValueOfEightMebibytes_IsKeptWhole()
    {
        var random = new DeterministicRandom(1);
        var value = new byte[8 << 20];
        for (int i = 0; i < value.Length; i += 64)
        {
            value[i] = (byte)random.NextIndex(256);
        }

        Write(Durability.Durable, batch => batch.Put(Bytes("big"), value));
        Assert.True(Store.TryGet("big"u8, out byte[]? read));
        Assert.True(value.AsSpan().SequenceEqual(read));
    }

    [Fact]
    public void Delete_ExistingAndAbsentKeys_LeavesTheOthers()
    {
        Put("a", "1");
        Put("b", "2");
        Write(Durability.Buffered, batch =>
        {
            batch.Delete(Bytes("a"));
            batch.Delete(Bytes("never there"));
        });
        Assert.Equal(["b=2"], Scan(Store));
        Assert.Null(Get(Store, "a"));
    }

    [Fact]
    public void Write_SameKeySeveralTimes_LastOperationWins()
    {
        Write(Durability.Buffered, batch =>
        {
            batch.Put(Bytes("put last"), Bytes("1"));
            batch.Delete(Bytes("put last"));
            batch.Put(Bytes("put last"), Bytes("2"));
            batch.Put(Bytes("deleted last"), Bytes("1"));
            batch.Delete(Bytes("deleted last"));
        });
        Assert.Equal(["put last=2"], Scan(Store));
    }

    [Fact]
    public void Write_EmptyBatch_ChangesNothing()
    {
        Put("a", "1");
        Store.Write(new WriteBatch(), Durability.Durable);
        Assert.Equal(["a=1"], Scan(Store));
    }

    [Fact]
    public void Write_NullBatch_Throws() =>
        Assert.Throws<ArgumentNullException>(() => Store.Write(null!, Durability.Buffered));

    [Fact]
    public void Scan_KeysWithHighBytes_OrdersAsUnsignedBytes()
    {
        byte[][] keys = [[], [0], [0, 0], [0, 255], [1], [127], [128], [128, 0], [255], [255, 0], [255, 255]];
        Write(Durability.Buffered, batch =>
        {
            foreach (byte[] key in keys.Reverse())
            {
                batch.Put(key, key);
            }
        });
        Assert.Equal(keys, Store.Scan(default).Select(pair => pair.Key.ToArray()));
    }

    [Theory]
    [InlineData("", "", "a,b,ba,bb,bba,c")]
    [InlineData("b", "", "b,ba,bb,bba")]
    [InlineData("bb", "", "bb,bba")]
    [InlineData("b", "a", "b,ba,bb,bba")]
    [InlineData("b", "bb", "bb,bba")]
    [InlineData("b", "bab", "bb,bba")]
    [InlineData("b", "c", "")]
    [InlineData("", "bb", "bb,bba,c")]
    [InlineData("x", "", "")]
    [InlineData("", "x", "")]
    [InlineData("bbax", "", "")]
    public void Scan_PrefixAndFrom_GivesTheKeysBetween(string prefix, string from, string expected)
    {
        foreach (string key in new[] { "c", "bba", "a", "bb", "b", "ba" })
        {
            Put(key, key);
        }

        string[] found = Store.Scan(Bytes(prefix), Bytes(from)).Select(pair => Text(pair.Key)).ToArray();
        Assert.Equal(expected, string.Join(',', found));
    }

    [Fact]
    public void Scan_PrefixOfHighBytes_StopsAtTheEnd()
    {
        byte[][] keys = [[254], [255], [255, 255], [255, 255, 7], [255, 254]];
        Write(Durability.Buffered, batch => Array.ForEach(keys, key => batch.Put(key, key)));
        Assert.Equal(
            [[255, 255], [255, 255, 7]],
            Store.Scan(new byte[] { 255, 255 }).Select(pair => pair.Key.ToArray()));
    }

    [Fact]
    public void Scan_TwiceOverOneSequence_StartsAnew()
    {
        Put("a", "1");
        IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> sequence = Store.Scan(default);
        Assert.Single(sequence);
        Assert.Single(sequence);
    }

    [Fact]
    public void Scan_WritesMeanwhile_SeesTheStoreAsAtTheStart()
    {
        Put("a", "1");
        Put("b", "1");
        Put("c", "1");
        var seen = new List<string>();
        foreach (KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> pair in Store.Scan(default))
        {
            seen.Add($"{Text(pair.Key)}={Text(pair.Value)}");
            Write(Durability.Buffered, batch =>
            {
                batch.Put(Bytes("b"), Bytes("2"));
                batch.Put(Bytes("bb"), Bytes("2"));
                batch.Delete(Bytes("c"));
            });
        }

        Assert.Equal(["a=1", "b=1", "c=1"], seen);
        Assert.Equal(["a=1", "b=2", "bb=2"], Scan(Store));
    }

    [Fact]
    public void Scan_LeftEarly_LetsTheStoreGoOn()
    {
        for (int i = 0; i < 100; i++)
        {
            Put($"key {i:D3}", "value");
            Assert.Equal("key 000", Text(Store.Scan(default).First().Key));
        }

        Assert.Equal(100, Store.Scan(default).Count());
    }

    [Fact]
    public void CreateSnapshot_LaterWrites_AreNotSeen()
    {
        Put("kept", "old");
        Put("deleted", "old");
        using IKeyValueSnapshot snapshot = Store.CreateSnapshot();
        Write(Durability.Durable, batch =>
        {
            batch.Put(Bytes("kept"), Bytes("new"));
            batch.Put(Bytes("added"), Bytes("new"));
            batch.Delete(Bytes("deleted"));
        });
        Assert.Equal("old", Get(snapshot, "kept"));
        Assert.Equal("old", Get(snapshot, "deleted"));
        Assert.Null(Get(snapshot, "added"));
        Assert.Equal(["deleted=old", "kept=old"], Scan(snapshot));
        Assert.Equal(["added=new", "kept=new"], Scan(Store));
    }

    [Fact]
    public void CreateSnapshot_Several_EachKeepsItsOwnMoment()
    {
        var snapshots = new List<IKeyValueSnapshot>();
        for (int i = 0; i < 20; i++)
        {
            Put("counter", $"{i}");
            snapshots.Add(Store.CreateSnapshot());
        }

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal($"{i}", Get(snapshots[i], "counter"));
            snapshots[i].Dispose();
        }
    }

    [Fact]
    public void Snapshot_Disposed_Throws()
    {
        IKeyValueSnapshot snapshot = Store.CreateSnapshot();
        snapshot.Dispose();
        snapshot.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Get(snapshot, "key"));
        Assert.Throws<ObjectDisposedException>(() => snapshot.Scan(default).Any());
    }

    [Fact]
    public void Store_Disposed_Throws()
    {
        Put("a", "1");
        IKeyValueStore store = Store;
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Get(store, "a"));
        Assert.Throws<ObjectDisposedException>(() => store.Scan(default).Any());
        Assert.Throws<ObjectDisposedException>(() => store.CreateSnapshot());
        Assert.Throws<ObjectDisposedException>(() => store.Write(new WriteBatch(), Durability.Buffered));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Store_RandomBatches_AgreesWithAModel(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int round = 0; round < 200; round++)
        {
            var batch = new WriteBatch();
            bool shrinks = round % 40 >= 25;
            for (int i = random.NextIndex(60); i >= 0; i--)
            {
                string key = Convert.ToHexString([(byte)random.NextIndex(12), (byte)random.NextIndex(256)])[1..];
                if (random.NextIndex(10) < (shrinks ? 8 : 2))
                {
                    batch.Delete(Bytes(key));
                    model.Remove(key);
                }
                else
                {
                    string value = $"{random.NextBelow(1000)}";
                    batch.Put(Bytes(key), Bytes(value));
                    model[key] = value;
                }
            }

            Store.Write(batch, Durability.Buffered);
            CheckAgainst(model, random);
        }

        Assert.Equal(model.Select(pair => $"{pair.Key}={pair.Value}"), Scan(Store));
    }

    [Fact]
    public async Task Store_ManyThreads_BatchesAreSeenWholeOrNotAtAll()
    {
        const int Rounds = 300;
        IKeyValueStore store = Store;
        byte[][] keys = [Bytes("first"), Bytes("second"), Bytes("third")];
        Put("first", "start");
        Put("second", "start");
        Put("third", "start");
        Task[] writers = [.. Enumerable.Range(0, 2).Select(writer => Task.Run(() =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                var batch = new WriteBatch();
                byte[] value = Bytes($"{writer}/{round}");
                Array.ForEach(keys, key => batch.Put(key, value));
                store.Write(batch, Durability.Buffered);
            }
        }))];
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                using IKeyValueSnapshot snapshot = store.CreateSnapshot();
                string? first = Get(snapshot, "first");
                Assert.Equal([$"first={first}", $"second={first}", $"third={first}"], Scan(snapshot));
                Assert.Single(store.Scan(default).Select(pair => Text(pair.Value)).Distinct());
            }
        }))];
        await Task.WhenAll([.. writers, .. readers]);
        Assert.EndsWith($"/{Rounds - 1}", Get(store, "first"), StringComparison.Ordinal);
    }

    protected abstract IKeyValueStore Create();

    protected virtual void CleanUp()
    {
    }

    protected static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);

    protected static string? Get(IKeyValueReader reader, string key) =>
        reader.TryGet(Bytes(key), out byte[]? value) ? Text(value) : null;

    protected static string[] Scan(IKeyValueReader reader) =>
        [.. reader.Scan(default).Select(pair => $"{Text(pair.Key)}={Text(pair.Value)}")];

    protected void Put(string key, string value) =>
        Write(Durability.Buffered, batch => batch.Put(Bytes(key), Bytes(value)));

    protected void Write(Durability durability, Action<WriteBatch> fill)
    {
        var batch = new WriteBatch();
        fill(batch);
        Store.Write(batch, durability);
    }

    private void CheckAgainst(SortedDictionary<string, string> model, DeterministicRandom random)
    {
        string prefix = $"{random.NextIndex(10)}";
        string from = Convert.ToHexString([(byte)random.NextIndex(12), (byte)random.NextIndex(256)])[1..];
        Assert.Equal(
            model.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(pair.Key, from) >= 0)
                .Select(pair => pair.Value),
            Store.Scan(Bytes(prefix), Bytes(from)).Select(pair => Text(pair.Value)));
        Assert.Equal(model.GetValueOrDefault(from), Get(Store, from));
    }
}
