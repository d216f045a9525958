using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>Reads a store and remembers what was read.</summary>
internal sealed class RecordedReads(IKeyValueReader store) : IKeyValueReader
{
    private readonly List<(byte[] Key, byte[]? Value)> _reads = [];

    /// <summary>Whether all that was read is remembered: scans are not.</summary>
    public bool IsComplete { get; private set; } = true;

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        bool isThere = store.TryGet(key, out value);
        _reads.Add((key.ToArray(), value));
        return isThere;
    }

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
    {
        IsComplete = false;
        return store.Scan(prefix, from);
    }

    /// <summary>What was read, in order, with null for what was not there.</summary>
    public IReadOnlyList<(byte[] Key, byte[]? Value)> Reads => _reads;

    /// <summary>Whether a store answers all of these reads alike.</summary>
    public static bool AreSameIn(IKeyValueReader other, IReadOnlyList<(byte[] Key, byte[]? Value)> reads)
    {
        foreach ((byte[] key, byte[]? value) in reads)
        {
            other.TryGet(key, out byte[]? found);
            bool isSame = ReferenceEquals(found, value) || (found is not null && value is not null && found.AsSpan().SequenceEqual(value));
            if (!isSame)
            {
                return false;
            }
        }

        return true;
    }
}
