using System.Diagnostics;
using System.Globalization;
using Chain.Core.Testing;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Disks that refuse: the store says so, acknowledges nothing more, and opens again when the cause is gone.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private const int StoppedByFault = 74;
    private const int Patience = 60_000;

    /// <summary>Lets every sync fail while a file is there.</summary>
    private const string FailingSync = """
        #include <errno.h>
        #include <stdlib.h>
        #include <unistd.h>
        #include <sys/syscall.h>
        static int failing(void) { return access(getenv("FAIL_SYNC_WHILE"), F_OK) == 0; }
        int fsync(int fd) { if (failing()) { errno = EIO; return -1; } return syscall(SYS_fsync, fd); }
        int fdatasync(int fd) { if (failing()) { errno = EIO; return -1; } return syscall(SYS_fdatasync, fd); }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _tools = new();

    public void Dispose()
    {
        _directory.Dispose();
        _tools.Dispose();
    }

    [CommandFact("cc --version")]
    [Trait("Fault", "43")]
    public void Write_SyncFails_StopsAndLosesNothingAcknowledged()
    {
        string library = BuildFailingSync();
        string signal = Path.Combine(_tools.Path, "fail");
        using Process writer = ChildProcess.Start(
            $"export LD_PRELOAD='{library}' FAIL_SYNC_WHILE='{signal}'", "write", _directory.Path);
        int acknowledged = 0;
        for (int i = 0; i < 20; i++)
        {
            acknowledged = int.Parse(writer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        }

        File.WriteAllText(signal, "");
        CheckStopped(writer, StorageFault.Io, acknowledged);
    }

    [CommandFact("sh -c true")]
    [Trait("Fault", "47")]
    public void Write_NoRoomLeft_SaysSoAndGoesOnLater()
    {
        // The limit counts blocks of 512 bytes. Without the setting .NET needs large files for its own code.
        using Process writer = ChildProcess.Start(
            "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 400", "write", _directory.Path);
        CheckStopped(writer, StorageFault.Full, 0);

        using Process later = ChildProcess.Start(null, "write", _directory.Path);
        Assert.True(int.TryParse(later.StandardOutput.ReadLine(), CultureInfo.InvariantCulture, out int next));
        Assert.InRange(next, 2, int.MaxValue);
        later.Kill();
    }

    [CommandFact("sh -c true")]
    [Trait("Fault", "47")]
    public void Open_DescriptorsOut_SaysSoAndOpensLater()
    {
        using Process process = ChildProcess.Start("ulimit -n 300", "exhaust-descriptors", _directory.Path);
        Assert.Equal("open", process.StandardOutput.ReadLine());
        Assert.Equal($"{StorageFault.Full}", process.StandardOutput.ReadLine());
        Assert.Equal("open", process.StandardOutput.ReadLine());
        Assert.True(process.WaitForExit(Patience));
    }

    [CommandFact("unshare -rm mount -t tmpfs none /mnt")]
    [Trait("Fault", "47")]
    public void Open_ReadOnlyDisk_IsRefused()
    {
        using (RocksDbStore store = RocksDbStore.Open(_directory.Path))
        {
            ChildWriter.Write(store, 3);
        }

        const string Remount = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"";
        using Process writer = ChildProcess.Start(
            $"exec unshare -rm sh -c '{Remount}' '{_directory.Path}' \"$@\"", "write", _directory.Path);
        CheckStopped(writer, StorageFault.AccessDenied, 3);
    }

    /// <summary>Reads to the fault, and checks that the store has all that was acknowledged before it.</summary>
    private void CheckStopped(Process writer, StorageFault expected, int acknowledged)
    {
        string? line;
        while (int.TryParse(line = writer.StandardOutput.ReadLine(), CultureInfo.InvariantCulture, out int number))
        {
            acknowledged = number;
        }

        Assert.Equal($"{expected}", line);
        Assert.True(writer.WaitForExit(Patience));
        Assert.Equal(StoppedByFault, writer.ExitCode);
        using RocksDbStore store = RocksDbStore.Open(_directory.Path, ChildWriter.Options);
        Assert.InRange(ChildWriter.LastWhole(store), int.Max(1, acknowledged), int.MaxValue);
    }

    private string BuildFailingSync()
    {
        string source = Path.Combine(_tools.Path, "failing_sync.c");
        string library = Path.Combine(_tools.Path, "failing_sync.so");
        File.WriteAllText(source, FailingSync);
        using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-D_GNU_SOURCE", "-o", library, source]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}
