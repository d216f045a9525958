using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Ledger.Tests;

/// <summary>A store in memory that takes batches.</summary>
internal sealed class MemoryReader : IKeyValueReader
{
    private readonly SortedDictionary<byte[], byte[]> _pairs = new(Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));

    public int Count => _pairs.Count;

    public IEnumerable<byte[]> Keys => _pairs.Keys;

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => _pairs.TryGetValue(key.ToArray(), out value);

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
    {
        foreach ((byte[] key, byte[] value) in _pairs)
        {
            if (key.AsSpan().StartsWith(prefix.Span) && key.AsSpan().SequenceCompareTo(from.Span) >= 0)
            {
                yield return new(key, value);
            }
        }
    }

    public void Apply(WriteBatch batch)
    {
        foreach (WriteOperation operation in batch.Operations)
        {
            if (operation.IsDelete)
            {
                _pairs.Remove(operation.Key.ToArray());
            }
            else
            {
                _pairs[operation.Key.ToArray()] = operation.Value.ToArray();
            }
        }
    }

    public void Remove(byte[] key) => _pairs.Remove(key);

    public void Set(byte[] key, byte[] value) => _pairs[key] = value;
}
