namespace Chain.Core.Storage.RocksDb;

/// <summary>Checks the write-ahead log and the manifest before RocksDB reads them.</summary>
/// <remarks>
/// RocksDB takes a record whose length points past the end of the file for one that a crash cut off, and drops it
/// with everything behind it: one flipped bit in a length can silently lose a hundred durable batches. And a flipped
/// bit in a type can make it read for ever. A cut is what it looks like only if nothing that was written stands there.
/// </remarks>
internal static class LogCheck
{
    private static readonly EnumerationOptions TopOnly = new() { RecurseSubdirectories = false };

    /// <exception cref="StorageException">A record was damaged after it had been written whole.</exception>
    internal static void Run(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        // Without the file that names the manifest RocksDB would start an empty store over the data.
        if (!File.Exists(Path.Combine(directory, "CURRENT"))
            && (Any(directory, "*.sst") || Any(directory, "*.log")))
        {
            throw new StorageException(
                StorageFault.Corrupt,
                $"The store at {directory} lost its file CURRENT: restore a copy, or remove it and synchronise anew.");
        }

        foreach (string pattern in new[] { "*.log", "MANIFEST-*" })
        {
            foreach (string path in Directory.EnumerateFiles(directory, pattern, TopOnly))
            {
                if (!IsSound(path))
                {
                    throw new StorageException(
                        StorageFault.Corrupt,
                        $"The log {path} is damaged: restore a copy of the data directory, or remove it and synchronise anew.");
                }
            }
        }
    }

    private static bool Any(string directory, string pattern) => Directory.EnumerateFiles(directory, pattern, TopOnly).Any();

    private static bool IsSound(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[LogBlock.Size];
        long left = file.Length;
        while (left > 0)
        {
            int length = (int)long.Min(left, buffer.Length);
            file.ReadExactly(buffer, 0, length);
            left -= length;
            if (!LogBlock.IsSound(buffer.AsSpan(0, length), isLast: left == 0))
            {
                return false;
            }
        }

        return true;
    }
}
