namespace Chain.Core.Machines;

/// <summary>Puts and deletes that take effect together, in order. Keys compare as unsigned bytes.</summary>
public sealed class WriteBatch
{
    private readonly List<WriteOperation> _operations;

    /// <summary>An empty batch.</summary>
    /// <param name="capacity">About how many operations it will hold; not negative.</param>
    public WriteBatch(int capacity = 0) => _operations = new List<WriteOperation>(capacity);

    /// <summary>What to do, in order.</summary>
    public IReadOnlyList<WriteOperation> Operations => _operations;

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _operations.Count == 0;

    /// <summary>Sets <paramref name="key"/> to <paramref name="value"/>. Neither may change afterwards.</summary>
    public void Put(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) =>
        _operations.Add(new WriteOperation(key, value, IsDelete: false));

    /// <summary>Removes <paramref name="key"/>; a key that is absent is no error.</summary>
    public void Delete(ReadOnlyMemory<byte> key) => _operations.Add(new WriteOperation(key, default, IsDelete: true));

    /// <summary>Appends all operations of <paramref name="other"/>.</summary>
    public void Append(WriteBatch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _operations.AddRange(other._operations);
    }
}
