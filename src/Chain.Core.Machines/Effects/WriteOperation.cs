namespace Chain.Core.Machines;

/// <summary>One put or delete of a <see cref="WriteBatch"/>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value of a put; empty for a delete.</param>
/// <param name="IsDelete">Whether the key is removed.</param>
public readonly record struct WriteOperation(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value, bool IsDelete);
