using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Machines;

/// <summary>Reads a store as it was at one moment. Safe for any thread.</summary>
public interface IKeyValueReader
{
    /// <summary>The value of <paramref name="key"/>, in an array that the caller may keep and must not change.</summary>
    bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value);

    /// <summary>Every pair whose key starts with <paramref name="prefix"/> and is not below <paramref name="from"/>, in ascending order of keys.</summary>
    /// <param name="prefix">What all keys start with; empty for every key.</param>
    /// <param name="from">The first key to return, or empty for the first with the prefix.</param>
    IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default);
}
