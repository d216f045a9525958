using System.Diagnostics;
using Chain.Core.Storage.Contract;

namespace Chain.Core.Storage.RocksDb;

public sealed class RocksDbStoreTests : PersistentStoreContract
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Open_MissingDirectories_AreMadeForTheOwnerOnly()
    {
        string path = Path.Combine(_directory.Path, "new", "store");
        RocksDbStore.Open(path).Dispose();
        Assert.True(File.Exists(Path.Combine(path, "CURRENT")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.GroupRead));
        }
    }

    [Fact]
    public void Open_NothingThereAndNotToBeMade_IsMissing()
    {
        string path = Path.Combine(_directory.Path, "absent");
        var options = new RocksDbStoreOptions { CreateIfMissing = false };
        Assert.Equal(StorageFault.Missing, RefusalOf(path, options).Fault);
        Directory.CreateDirectory(path);
        Assert.Equal(StorageFault.Missing, RefusalOf(path, options).Fault);
    }

    [Fact]
    public void Open_BelowAFile_IsRefused()
    {
        string file = Path.Combine(_directory.Path, "file");
        File.WriteAllText(file, "");
        Assert.Equal(StorageFault.AccessDenied, RefusalOf(Path.Combine(file, "store")).Fault);
    }

    [Fact]
    public void Open_TwiceInOneProcess_IsInUse()
    {
        Put("a", "1");
        StorageException refusal = RefusalOf(_directory.Path);
        Assert.Equal(StorageFault.InUse, refusal.Fault);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal("1", Get(Store, "a"));
    }

    [Fact]
    public void Open_HeldByAnotherProcess_IsInUseUntilThatEnds()
    {
        using Process holder = ChildProcess.Start(null, "hold", _directory.Path);
        Assert.Equal("open", holder.StandardOutput.ReadLine());
        Assert.Equal(StorageFault.InUse, RefusalOf(_directory.Path).Fault);
        holder.StandardInput.Close();
        holder.WaitForExit();
        Assert.Equal(0, holder.ExitCode);
        Put("a", "1");
    }

    [Theory]
    [InlineData(RocksDbStoreOptions.MinMemoryBudget - 1, 256)]
    [InlineData(RocksDbStoreOptions.MinMemoryBudget, 15)]
    public void Open_OptionsOutOfRange_Throws(long memoryBudget, int maxOpenFiles) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RocksDbStore.Open(
            _directory.Path, new RocksDbStoreOptions { MemoryBudget = memoryBudget, MaxOpenFiles = maxOpenFiles }));

    [Fact]
    public void Open_WithOtherCompression_ReadsWhatWasWritten()
    {
        Put("a", new string('x', 10_000));
        Store.Dispose();
        Store = RocksDbStore.Open(_directory.Path, new RocksDbStoreOptions { Compress = false });
        Assert.Equal(new string('x', 10_000), Get(Store, "a"));
    }

    [Fact]
    public void Snapshots_ThousandsNeverDisposed_DoNotKeepTheStoreOpen()
    {
        Put("a", "1");
        for (int i = 0; i < 2000; i++)
        {
            Assert.True(Store.CreateSnapshot().TryGet("a"u8, out _));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Reopen();
        Assert.Equal("1", Get(Store, "a"));
    }

    protected override IKeyValueStore Create() => RocksDbStore.Open(_directory.Path);

    protected override IKeyValueStore OpenAgain() => RocksDbStore.Open(_directory.Path);

    protected override void CleanUp() => _directory.Dispose();

    private static StorageException RefusalOf(string path, RocksDbStoreOptions? options = null) =>
        Assert.Throws<StorageException>(() => RocksDbStore.Open(path, options));
}
