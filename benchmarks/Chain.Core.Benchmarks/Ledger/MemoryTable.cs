using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>The cheapest store there could be: a hash table that is only looked up.</summary>
internal sealed class MemoryTable : IKeyValueReader
{
    private readonly Dictionary<byte[], byte[]> _pairs = new(ByteComparer.Instance);

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) =>
        _pairs.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out value);

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => throw new NotSupportedException("Only looked up.");

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

    private sealed class ByteComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static ByteComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        /// <summary>Keys end with a hash.</summary>
        public int GetHashCode(ReadOnlySpan<byte> alternate) => BitConverter.ToInt32(alternate[^4..]);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
