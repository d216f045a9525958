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
    public void Run_WithoutKey_RunsEachTime()
    {
        using SimulatedDisk disk = Disk(5);

        Assert.NotSame(_work.Run(new ReadingJob(null), disk), _work.Run(new ReadingJob(null), disk));
    }

    [Fact]
    public void Run_SameKeyAndScannedRecords_RunsOnce()
    {
        using SimulatedDisk one = Disk(5, 6, 7);
        using SimulatedDisk other = Disk(5, 6, 7);
        using var empty = new SimulatedDisk();
        using var alsoEmpty = new SimulatedDisk();

        Assert.Same(_work.Run(new ScanningJob("s"), one), _work.Run(new ScanningJob("s"), other));
        Assert.Same(_work.Run(new ScanningJob("s"), empty), _work.Run(new ScanningJob("s"), alsoEmpty));
    }

    [Theory]
    [InlineData(new byte[] { 5, 6 }, 11)]
    [InlineData(new byte[] { 5, 6, 7, 8 }, 26)]
    [InlineData(new byte[] { 5, 6, 8 }, 19)]
    [InlineData(new byte[] { }, 0)]
    public void Run_SameKeyOtherScannedRecords_ReadsThatStore(byte[] values, int sum)
    {
        using SimulatedDisk one = Disk(5, 6, 7);
        using SimulatedDisk other = Disk(values);

        Assert.Equal(new Found(18), _work.Run(new ScanningJob("s"), one));
        Assert.Equal(new Found(sum), _work.Run(new ScanningJob("s"), other));
    }

    [Fact]
    public void Run_ScanThatStopsEarly_IsSharedWhateverComesAfter()
    {
        using SimulatedDisk one = Disk(5, 6, 7);
        using SimulatedDisk other = Disk(5, 6, 9, 9);
        using SimulatedDisk shorter = Disk(5);

        JobResult first = _work.Run(new ScanningJob("s", most: 2), one);
        Assert.Equal(new Found(11), first);
        Assert.Same(first, _work.Run(new ScanningJob("s", most: 2), other));
        Assert.Equal(new Found(5), _work.Run(new ScanningJob("s", most: 2), shorter));
    }

    private static SimulatedDisk Disk(params byte[] values)
    {
        var disk = new SimulatedDisk();
        var batch = new WriteBatch();
        for (byte i = 0; i < values.Length; i++)
        {
            batch.Put(new byte[] { (byte)(i + 1) }, new[] { values[i] });
        }

        disk.Write(batch, Durability.Durable);
        return disk;
    }

    private sealed class ReadingJob(string? key) : Job
    {
        public override object? SharingKey => key;

        public override JobResult Run(IKeyValueReader snapshot) => new Found(snapshot.TryGet([1], out byte[]? value) ? value[0] : -1);
    }

    private sealed class ScanningJob(string key, int most = int.MaxValue) : Job
    {
        public override object? SharingKey => key;

        public override JobResult Run(IKeyValueReader snapshot) => new Found(snapshot.Scan(default).Take(most).Sum(static record => record.Value.Span[0]));
    }

    private sealed record Found(int Value) : JobResult;
}
