using Chain.Core.Machines;

namespace Chain.Core.Storage;

/// <summary>An ordered key-value store. Keys compare as unsigned bytes. Safe for any thread; disposing closes it.</summary>
/// <remarks>
/// A scan sees the store as it was when its enumeration began. Faults of the disk throw
/// <see cref="StorageException"/>; after one the store acknowledges nothing more. Every member of a closed store
/// throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public interface IKeyValueStore : IKeyValueReader, IDisposable
{
    /// <summary>Applies the batch as a whole or not at all; returns when it is as durable as was asked.</summary>
    /// <exception cref="StorageException">The batch was not applied, or may not survive.</exception>
    void Write(WriteBatch batch, Durability durability);

    /// <summary>The store as it is now, whatever is written later. Dispose it soon: it keeps old data alive.</summary>
    IKeyValueSnapshot CreateSnapshot();
}
