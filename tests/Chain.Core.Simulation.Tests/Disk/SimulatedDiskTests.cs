using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Testing;

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
    [Trait("Fault", "44")]
    public void Fault44_EveryCrashPoint_KeepsWhatWasAcknowledgedAndAPrefix() => Assert.Null(FirstLoss(Mutant.None, LongRun.Count(2_000, 1_000_000)));

    [Theory]
    [InlineData(Mutant.NoSync)]
    [InlineData(Mutant.TakesTorn)]
    [InlineData(Mutant.SkipsBroken)]
    [Trait("Fault", "44")]
    public void Fault44_Mutants_AreFound(Mutant mutant) => Assert.NotNull(FirstLoss(mutant, 2_000));

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

    public enum Mutant
    {
        None,
        NoSync,
        TakesTorn,
        SkipsBroken,
    }

    /// <summary>
    /// Counters that are always written together, in batches of some sectors, now and then durably; the power fails
    /// after any write. Afterwards all counters agree, and none is lower than what was acknowledged.
    /// </summary>
    private static string? FirstLoss(Mutant mutant, int crashes)
    {
        for (ulong seed = 1; seed <= (ulong)crashes; seed++)
        {
            var random = new DeterministicRandom(seed);
            using var disk = new SimulatedDisk
            {
                LiesAboutSync = mutant == Mutant.NoSync,
                Recovery = mutant switch
                {
                    Mutant.TakesTorn => DiskRecovery.TakesTorn,
                    Mutant.SkipsBroken => DiskRecovery.SkipsBroken,
                    _ => DiskRecovery.Prefix,
                },
            };
            int writes = 1 + random.NextIndex(6);
            int acknowledged = 0;
            for (int write = 1; write <= writes; write++)
            {
                bool durable = random.NextIndex(3) == 0;
                disk.Write(Counters(write, random.NextIndex(700)), durable ? Durability.Durable : Durability.Buffered);
                acknowledged = durable ? write : acknowledged;
            }

            disk.LosePower(random);
            int first = CounterOf(disk, 0);
            int log = LogOf(disk);
            if (first != CounterOf(disk, 1) || first < acknowledged || log != first)
            {
                return $"seed {seed}: {first} and {CounterOf(disk, 1)}, {log} in the log, {acknowledged} acknowledged";
            }
        }

        return null;
    }

    /// <summary>Both counters, an entry for this write, and some bytes to fill sectors with.</summary>
    private static WriteBatch Counters(int write, int filler)
    {
        var batch = new WriteBatch();
        batch.Put(new byte[] { 0 }, new[] { (byte)write });
        batch.Put(new byte[] { 9, (byte)write }, new byte[filler]);
        batch.Put(new byte[] { 1 }, new[] { (byte)write });
        return batch;
    }

    private static int CounterOf(SimulatedDisk disk, byte key) => disk.TryGet([key], out byte[]? value) ? value[0] : 0;

    private static int LogOf(SimulatedDisk disk) => disk.Scan(new byte[] { 9 }).Count();

    private static WriteBatch Put(byte key)
    {
        var batch = new WriteBatch();
        batch.Put(new[] { key }, new[] { key });
        return batch;
    }
}
