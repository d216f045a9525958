using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Fuzz;

/// <summary>A store in which every key has the same value, or none has one.</summary>
internal sealed class OneRecordStore(byte[]? record) : IKeyValueReader
{
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        value = record;
        return value is not null;
    }

    /// <summary>One pair whose key is the start of the record, after the prefix, and whose value is the rest.</summary>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
    {
        if (record is not null)
        {
            ReadOnlySpan<byte> rest = record;
            byte[] key = [.. prefix.Span, .. Fields.Take(ref rest)];
            yield return new(key, rest.ToArray());
        }
    }
}
