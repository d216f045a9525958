using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Storage.Identity;

public sealed class StoreIdentityTests : IDisposable
{
    private static readonly byte[] RecordKey = [0, .. "identity"u8];

    private readonly MemoryStore _store = new();
    private readonly StoreIdentity _ours = new(7, new BlockId(Sha256.Hash("ours"u8)), "pow");

    public void Dispose() => _store.Dispose();

    [Fact]
    public void OpenOrCreate_EmptyStore_WritesTheIdentityDurably()
    {
        var recording = new RecordingStore(_store);
        StoreIdentity.OpenOrCreate(recording, _ours);
        Assert.Equal([Durability.Durable], recording.Written);
        Assert.True(StoreIdentity.TryRead(_store, out StoreIdentity? found));
        Assert.Equal(_ours, found);
    }

    [Fact]
    public void OpenOrCreate_OwnStore_WritesNothingMore()
    {
        StoreIdentity.OpenOrCreate(_store, _ours);
        var recording = new RecordingStore(_store);
        StoreIdentity.OpenOrCreate(recording, _ours with { });
        Assert.Empty(recording.Written);
    }

    [Fact]
    public void OpenOrCreate_RecordOfSchemaThree_HasItsPinnedBytes()
    {
        StoreIdentity.OpenOrCreate(_store, new StoreIdentity(7, BlockId.None, "pow"));
        Assert.True(_store.TryGet(RecordKey, out byte[]? record));
        Assert.Equal("940307c420" + new string('0', 64) + "a3706f77", Convert.ToHexStringLower(record));
    }

    [Theory]
    [InlineData("9401")]
    [InlineData("9402")]
    public void OpenOrCreate_OlderSchema_IsRefusedAndLeftAlone(string start)
    {
        byte[] record = Convert.FromHexString(start + "07c420" + new string('0', 64) + "a3706f77");
        Put(RecordKey, record);

        StorageException refusal = Assert.Throws<StorageException>(
            () => StoreIdentity.OpenOrCreate(_store, new StoreIdentity(7, BlockId.None, "pow")));

        Assert.Equal(StorageFault.OlderData, refusal.Fault);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.True(_store.TryGet(RecordKey, out byte[]? left));
        Assert.Equal(record, left);
    }

    [Theory]
    [InlineData("genesis")]
    [InlineData("network")]
    [InlineData("engine")]
    public void OpenOrCreate_ForeignStore_RefusesInOneLineAndLeavesItAlone(string difference)
    {
        StoreIdentity theirs = difference switch
        {
            "genesis" => _ours with { Genesis = new BlockId(Sha256.Hash("theirs"u8)) },
            "network" => _ours with { Network = 8 },
            _ => _ours with { Engine = "pos" },
        };
        StoreIdentity.OpenOrCreate(_store, theirs);
        var refusal = Assert.Throws<StorageException>(() => StoreIdentity.OpenOrCreate(_store, _ours));
        Assert.Equal(StorageFault.ForeignData, refusal.Fault);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.True(StoreIdentity.TryRead(_store, out StoreIdentity? found));
        Assert.Equal(theirs, found);
    }

    [Fact]
    public void OpenOrCreate_DataWithoutIdentity_IsForeign()
    {
        Put("anything"u8.ToArray(), [1]);
        Assert.Equal(StorageFault.ForeignData, Refusal().Fault);
        Assert.False(StoreIdentity.TryRead(_store, out _));
    }

    [Theory]
    [InlineData("9404c0c0c0")]
    [InlineData("9104")]
    [InlineData("9b04c0c1ffff00000000000000")]
    [InlineData("94ceffffffffc3c3c3")]
    public void OpenOrCreate_NewerSchemaWhateverFollows_IsNewerData(string record)
    {
        Put(RecordKey, Convert.FromHexString(record));
        StorageException refusal = Refusal();
        Assert.Equal(StorageFault.NewerData, refusal.Fault);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void OpenOrCreate_DamagedRecord_IsNeverTakenForOurs()
    {
        StoreIdentity.OpenOrCreate(_store, _ours);
        Assert.True(_store.TryGet(RecordKey, out byte[]? whole));
        byte[] record = [.. whole];
        for (int length = 0; length < record.Length; length++)
        {
            Put(RecordKey, record[..length]);
            Assert.Equal(StorageFault.Corrupt, Refusal().Fault);
        }

        for (int bit = 0; bit < record.Length * 8; bit++)
        {
            byte[] flipped = [.. record];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Put(RecordKey, flipped);
            Assert.NotEqual(StorageFault.Io, Refusal().Fault);
        }

        Put(RecordKey, [.. record, 0]);
        Assert.Equal(StorageFault.Corrupt, Refusal().Fault);
    }

    private StorageException Refusal() => Assert.Throws<StorageException>(() => StoreIdentity.OpenOrCreate(_store, _ours));

    private void Put(byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        _store.Write(batch, Durability.Buffered);
    }

    private sealed class RecordingStore(MemoryStore inner) : IKeyValueStore
    {
        public List<Durability> Written { get; } = [];

        public bool TryGet(ReadOnlySpan<byte> key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? value) =>
            inner.TryGet(key, out value);

        public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
            ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => inner.Scan(prefix, from);

        public void Write(WriteBatch batch, Durability durability)
        {
            Written.Add(durability);
            inner.Write(batch, durability);
        }

        public IKeyValueSnapshot CreateSnapshot() => inner.CreateSnapshot();

        public void Dispose() => inner.Dispose();
    }
}
