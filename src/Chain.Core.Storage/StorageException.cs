namespace Chain.Core.Storage;

/// <summary>The disk or the data on it failed. The message is one line for people to read.</summary>
public sealed class StorageException : IOException
{
    /// <summary>An unknown failure.</summary>
    public StorageException()
    {
    }

    /// <summary>A failure with a cause for people to read.</summary>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its cause.</summary>
    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A failure of a known kind.</summary>
    public StorageException(StorageFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>The kind of failure; <see cref="StorageFault.Io"/> where nothing more is known.</summary>
    public StorageFault Fault { get; }
}
