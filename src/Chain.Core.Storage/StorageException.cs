namespace Chain.Core.Storage;

/// <summary>The disk or the data on it failed.</summary>
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
}
