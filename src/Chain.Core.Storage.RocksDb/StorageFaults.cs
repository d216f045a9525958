namespace Chain.Core.Storage.RocksDb;

/// <summary>Turns the messages of RocksDB and of the operating system into faults with advice; RocksDB's C interface has no codes.</summary>
internal static class StorageFaults
{
    internal static StorageException From(Exception e, string path)
    {
        StorageFault fault = e is UnauthorizedAccessException ? StorageFault.AccessDenied : FaultOf(e.Message);
        return new StorageException(fault, fault switch
        {
            StorageFault.InUse => $"The store at {path} is in use: stop the node that holds it, or give this one a data directory of its own.",
            StorageFault.Corrupt => $"The store at {path} is damaged ({e.Message}): restore a copy, or remove it and synchronise anew.",
            StorageFault.Missing => $"There is no store at {path}: check the path, or let the node create it.",
            StorageFault.AccessDenied => $"The store at {path} may not be used ({e.Message}): give this user the right to write there, or use another directory.",
            StorageFault.Full => $"The store at {path} has no room ({e.Message}): free disk space or raise the limit, then start again.",
            _ => $"The store at {path} failed: {e.Message}.",
        }, e);
    }

    private static StorageFault FaultOf(string message) => message switch
    {
        _ when Has(message, "lock hold by current process") || Has(message, "While lock file") && Has(message, "temporarily unavailable")
            => StorageFault.InUse,
        _ when Has(message, "No space left") || Has(message, "Disk quota") || Has(message, "Too many open files") || Has(message, "File too large")
            => StorageFault.Full,
        _ when Has(message, "Permission denied") || Has(message, "Read-only file system") || Has(message, "not permitted")
            => StorageFault.AccessDenied,
        _ when Has(message, "create_if_missing is false") => StorageFault.Missing,
        _ when message.StartsWith("Corruption", StringComparison.Ordinal) => StorageFault.Corrupt,
        _ => StorageFault.Io,
    };

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.Ordinal);
}
