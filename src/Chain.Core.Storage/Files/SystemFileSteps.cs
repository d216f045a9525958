namespace Chain.Core.Storage;

/// <summary>The steps by the operating system.</summary>
internal sealed class SystemFileSteps : IFileSteps
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public void WriteNew(string path, ReadOnlySpan<byte> content, bool ownerOnly)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ownerOnly ? OwnerOnly : Readable;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
        FileSync.File(file.SafeFileHandle);
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void SyncDirectory(string path) => FileSync.Directory(path);

    public void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a left-over temporary file harms nobody.
        }
    }
}
