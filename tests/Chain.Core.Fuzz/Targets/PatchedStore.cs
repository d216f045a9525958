using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Fuzz;

/// <summary>A store in which one record was replaced.</summary>
internal sealed class PatchedStore(Dictionary<string, byte[]> records, string replaced, byte[] record) : IKeyValueReader
{
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        string text = Convert.ToHexString(key);
        value = text == replaced ? record : records.GetValueOrDefault(text);
        return value is not null;
    }

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => throw new NotSupportedException();
}
