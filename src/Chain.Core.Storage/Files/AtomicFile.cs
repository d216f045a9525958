using System.Security.Cryptography;

namespace Chain.Core.Storage;

/// <summary>Files that hold their old content or their new content after any crash, never neither.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Replaces the file: writes a temporary file beside it, syncs that, renames it and syncs the directory.
    /// When this returns, the new content survives a loss of power.
    /// </summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="content">The whole new content.</param>
    /// <param name="ownerOnly">Whether only the owner may read it (mode 0600 from its first byte on). Without effect on Windows.</param>
    /// <exception cref="StorageException">
    /// Nothing was replaced; or it was, and the disk did not confirm that the directory knows of it.
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool ownerOnly)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Write(path, content, ownerOnly, new SystemFileSteps());
    }

    internal static void Write(string path, ReadOnlySpan<byte> content, bool ownerOnly, IFileSteps steps)
    {
        string target = Path.GetFullPath(path);
        string directory = Path.GetDirectoryName(target) ?? throw new ArgumentException("The path names no file.", nameof(path));
        string temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp");
        try
        {
            steps.WriteNew(temporary, content, ownerOnly);
            steps.Rename(temporary, target);
            steps.SyncDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            steps.TryDelete(temporary);
            throw e as StorageException ?? new StorageException(FaultOf(e), $"{target} could not be written: {e.Message}", e);
        }
    }

    private static StorageFault FaultOf(Exception e) => e switch
    {
        UnauthorizedAccessException => StorageFault.AccessDenied,
        DirectoryNotFoundException => StorageFault.Missing,
        _ => StorageFault.Io,
    };
}
