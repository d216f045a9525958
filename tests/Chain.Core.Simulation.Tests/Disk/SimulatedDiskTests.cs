using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Simulation.Tests.Disk;

public class SimulatedDiskTests
{
    [Fact]
    public void LosePower_KeepsWhatIsDurableAndAPrefixOfTheRest()
    {
        var survivors = new SortedSet<int>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            using var disk = new SimulatedDisk();
            disk.Write(Put(0), Durability.Buffered);
            disk.Write(Put(1), Durability.Durable);
            for (byte key = 2; key < 6; key++)
            {
                disk.Write(Put(key), Durability.Buffered);
            }

            Assert.Equal(4, disk.UnsyncedBatches);
            disk.LosePower(new DeterministicRandom(seed));
            bool[] kept = [.. Enumerable.Range(0, 6).Select(key => disk.TryGet([(byte)key], out _))];

            Assert.True(kept[0] && kept[1]);
            Assert.Equal(kept.OrderByDescending(static each => each), kept);
            Assert.Equal(0, disk.UnsyncedBatches);
            survivors.Add(kept.Count(static each => each));
        }

        Assert.Equal([2, 3, 4, 5, 6], survivors);
    }

    [Fact]
    public void LosePower_BatchOfSeveral_SurvivesWholeOrNotAtAll()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            using var disk = new SimulatedDisk();
            var batch = new WriteBatch();
            batch.Put(new byte[] { 1 }, new byte[] { 1 });
            batch.Put(new byte[] { 2 }, new byte[] { 2 });
            disk.Write(batch, Durability.Buffered);
            disk.LosePower(new DeterministicRandom(seed));

            Assert.Equal(disk.TryGet([1], out _), disk.TryGet([2], out _));
        }
    }

    [Fact]
    public void Write_ToADiskThatLies_IsLostWithThePower()
    {
        using var disk = new SimulatedDisk { LiesAboutSync = true };
        disk.Write(Put(1), Durability.Durable);
        Assert.True(disk.TryGet([1], out _));
        Assert.Equal(1, disk.UnsyncedBatches);
    }

    [Fact]
    public void CreateSnapshot_LaterWritesAndDeletes_AreNotSeen()
    {
        using var disk = new SimulatedDisk();
        disk.Write(Put(1), Durability.Buffered);
        using IKeyValueSnapshot snapshot = disk.CreateSnapshot();
        var batch = new WriteBatch();
        batch.Delete(new byte[] { 1 });
        disk.Write(batch, Durability.Buffered);

        Assert.True(snapshot.TryGet([1], out _));
        Assert.False(disk.TryGet([1], out _));
    }

    [Fact]
    public void Scan_PrefixAndFrom_AscendsWithin()
    {
        using var disk = new SimulatedDisk();
        var batch = new WriteBatch();
        foreach (byte[] key in new byte[][] { [2, 9], [1, 255], [2], [3], [2, 1], [2, 5], [] })
        {
            batch.Put(key, key);
        }

        disk.Write(batch, Durability.Durable);

        byte[][] keys = [.. disk.Scan(new byte[] { 2 }, new byte[] { 2, 1 }).Select(pair => pair.Key.ToArray())];
        Assert.Equal([[2, 1], [2, 5], [2, 9]], keys);
        Assert.Equal(7, disk.Scan(default).Count());
    }

    private static WriteBatch Put(byte key)
    {
        var batch = new WriteBatch();
        batch.Put(new[] { key }, new[] { key });
        return batch;
    }
}
