using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Kernel;

public class SharedWorkTests
{
    private readonly SharedWork _work = new();

    [Fact]
    public void Run_SameKeyAndReads_RunsOnce()
    {
        using SimulatedDisk one = Disk(5);
        using SimulatedDisk other = Disk(5);

        JobResult first = _work.Run(new ReadingJob("a"), one);
        Assert.Same(first, _work.Run(new ReadingJob("a"), other));
        Assert.NotSame(first, _work.Run(new ReadingJob("b"), other));
    }

    [Fact]
    public void Run_SameKeyOtherStore_ReadsThatStore()
    {
        using SimulatedDisk one = Disk(5);
        using SimulatedDisk other = Disk(6);
        using var empty = new SimulatedDisk();

        Assert.Equal(new Found(5), _work.Run(new ReadingJob("a"), one));
        Assert.Equal(new Found(6), _work.Run(new ReadingJob("a"), other));
        Assert.Equal(new Found(-1), _work.Run(new ReadingJob("a"), empty));
        Assert.Equal(new Found(5), _work.Run(new ReadingJob("a"), one));
    }

    [Fact]
    public void Run_WithoutKeyOrWithAScan_RunsEachTime()
    {
        using SimulatedDisk disk = Disk(5);

        Assert.NotSame(_work.Run(new ReadingJob(null), disk), _work.Run(new ReadingJob(null), disk));
        Assert.NotSame(_work.Run(new ReadingJob("s", scans: true), disk), _work.Run(new ReadingJob("s", scans: true), disk));
    }

    private static SimulatedDisk Disk(byte value)
    {
        var disk = new SimulatedDisk();
        var batch = new WriteBatch();
        batch.Put(new byte[] { 1 }, new[] { value });
        disk.Write(batch, Durability.Durable);
        return disk;
    }

    private sealed class ReadingJob(string? key, bool scans = false) : Job
    {
        public override object? SharingKey => key;

        public override JobResult Run(IKeyValueReader snapshot) =>
            new Found(scans ? snapshot.Scan(default).Count() : snapshot.TryGet([1], out byte[]? value) ? value[0] : -1);
    }

    private sealed record Found(int Value) : JobResult;
}
