using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Chain.Core.Storage.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chain-core-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public void Write_NewFile_HasTheContentAndLeavesNothingElse(int length)
    {
        byte[] content = Enumerable.Range(0, length).Select(i => (byte)(i % 251)).ToArray();
        AtomicFile.Write(PathOf("file"), content, ownerOnly: false);
        Assert.Equal(content, File.ReadAllBytes(PathOf("file")));
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void Write_ExistingFile_IsReplacedWhole()
    {
        AtomicFile.Write(PathOf("file"), "a longer old content"u8, ownerOnly: true);
        AtomicFile.Write(PathOf("file"), "new"u8, ownerOnly: true);
        Assert.Equal("new", File.ReadAllText(PathOf("file")));
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void Write_OwnerOnly_HasMode0600()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // An older file that everybody could read must not lend its mode to the new one.
        AtomicFile.Write(PathOf("key"), "public"u8, ownerOnly: false);
        Assert.Equal(UnixFileMode.OtherRead, File.GetUnixFileMode(PathOf("key")) & UnixFileMode.OtherRead);
        AtomicFile.Write(PathOf("key"), "secret"u8, ownerOnly: true);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("key")));
    }

    [Fact]
    public void Write_RenameFails_KeepsTheOldStateAndLeavesNothingElse()
    {
        Directory.CreateDirectory(PathOf("taken/inside"));
        var refusal = Assert.Throws<StorageException>(() => AtomicFile.Write(PathOf("taken"), "new"u8, ownerOnly: true));
        Assert.NotNull(refusal.InnerException);
        Assert.Equal(["taken"], Names());
        Assert.True(Directory.Exists(PathOf("taken/inside")));
    }

    [Fact]
    public void Write_DirectoryMissing_SaysSo()
    {
        var refusal = Assert.Throws<StorageException>(() => AtomicFile.Write(PathOf("absent/file"), "new"u8, ownerOnly: true));
        Assert.Equal(StorageFault.Missing, refusal.Fault);
    }

    [Fact]
    public void File_FsyncFails_IsReported()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // fsync on a pipe fails with EINVAL; FileStream.Flush(true) would return normally.
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var handle = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        var fault = Assert.Throws<StorageException>(() => FileSync.File(handle));
        Assert.Equal(StorageFault.Io, fault.Fault);
    }

    [Fact]
    public void Directory_Missing_IsReported()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Throws<StorageException>(() => FileSync.Directory(PathOf("absent")));
        FileSync.Directory(_directory);
    }

    private string PathOf(string name) => Path.Combine(_directory, name);

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_directory).Select(path => Path.GetFileName(path)!)];
}
