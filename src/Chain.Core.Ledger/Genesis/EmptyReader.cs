using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>A store without content: what a chain begins from.</summary>
internal sealed class EmptyReader : IKeyValueReader
{
    private EmptyReader()
    {
    }

    public static EmptyReader Instance { get; } = new();

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        return false;
    }

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => [];
}
