using System.Buffers.Binary;
using Chain.Core.Machines;
using Chain.Core.Storage.Contract;

namespace Chain.Core.Storage.Memory;

public sealed class MemoryStoreTests : KeyValueStoreContract
{
    [Fact]
    public void CreateSnapshot_StoreOf100000Keys_AllocatesNoCopy()
    {
        Write(Durability.Buffered, batch =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                batch.Put(BitConverter.GetBytes(i), Array.Empty<byte>());
            }
        });
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Store.CreateSnapshot().Dispose();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * 64);
    }

    [Theory]
    [InlineData("ascending")]
    [InlineData("descending")]
    [InlineData("shuffled")]
    public void Write_ManyKeysAndThenNone_KeepsOrderAndForgetsAll(string order)
    {
        const int Count = 20_000;
        uint[] keys = [.. Enumerable.Range(0, Count).Select(i => (uint)i)];
        if (order == "descending")
        {
            Array.Reverse(keys);
        }
        else if (order == "shuffled")
        {
            new DeterministicRandom(5).Shuffle<uint>(keys);
        }

        Write(Durability.Buffered, batch => Array.ForEach(keys, key => batch.Put(BigEndian(key), BigEndian(key))));
        Assert.Equal(
            Enumerable.Range(0, Count).Select(i => BigEndian((uint)i)),
            Store.Scan(default).Select(pair => pair.Key.ToArray()));

        using IKeyValueSnapshot full = Store.CreateSnapshot();
        new DeterministicRandom(6).Shuffle<uint>(keys);
        foreach (uint[] chunk in keys.Chunk(997))
        {
            Write(Durability.Buffered, batch => Array.ForEach(chunk, key => batch.Delete(BigEndian(key))));
            Assert.False(Store.TryGet(BigEndian(chunk[0]), out _));
        }

        Assert.Empty(Store.Scan(default));
        Assert.Equal(Count, full.Scan(default).Count());
    }

    [Fact]
    public void Dispose_SnapshotStillOpen_StaysReadable()
    {
        Put("a", "1");
        using IKeyValueSnapshot snapshot = Store.CreateSnapshot();
        Store.Dispose();
        Assert.Equal("1", Get(snapshot, "a"));
    }

    protected override IKeyValueStore Create() => new MemoryStore();

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
