using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>Reads a store and remembers what was read.</summary>
internal sealed class RecordedReads(IKeyValueReader store) : IKeyValueReader
{
    private readonly List<Read> _reads = [];

    /// <summary>What was read, in order.</summary>
    public IReadOnlyList<Read> Reads => _reads;

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        bool isThere = store.TryGet(key, out value);
        _reads.Add(new ReadOfKey(key.ToArray(), value));
        return isThere;
    }

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
    {
        var scan = new ReadOfRange(prefix, from);
        _reads.Add(scan);
        return scan.Follow(store);
    }

    /// <summary>Whether a store answers all of these reads alike.</summary>
    public static bool AreSameIn(IKeyValueReader other, IReadOnlyList<Read> reads)
    {
        for (int i = 0; i < reads.Count; i++)
        {
            if (!reads[i].IsSameIn(other))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A question to a store with its answer.</summary>
    internal abstract class Read
    {
        public abstract bool IsSameIn(IKeyValueReader other);
    }

    /// <summary>The value of a key; null for none.</summary>
    private sealed class ReadOfKey(byte[] key, byte[]? value) : Read
    {
        public override bool IsSameIn(IKeyValueReader other)
        {
            other.TryGet(key, out byte[]? found);
            return ReferenceEquals(found, value) || (found is not null && value is not null && found.AsSpan().SequenceEqual(value));
        }
    }

    /// <summary>Records in order, as far as they were looked at.</summary>
    private sealed class ReadOfRange(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from) : Read
    {
        private readonly List<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> _seen = [];
        private bool _isToTheEnd;

        public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Follow(IKeyValueReader store)
        {
            int place = 0;
            foreach (KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> record in store.Scan(prefix, from))
            {
                if (place == _seen.Count)
                {
                    _seen.Add(record); // else it is gone through once more
                }

                place++;
                yield return record;
            }

            _isToTheEnd = true;
        }

        public override bool IsSameIn(IKeyValueReader other)
        {
            if (_seen.Count == 0 && !_isToTheEnd)
            {
                return true; // nobody looked
            }

            int place = 0;
            foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in other.Scan(prefix, from))
            {
                if (place == _seen.Count)
                {
                    return !_isToTheEnd;
                }

                (ReadOnlyMemory<byte> seenKey, ReadOnlyMemory<byte> seenValue) = _seen[place++];
                if (!AreSame(key, seenKey) || !AreSame(value, seenValue))
                {
                    return false;
                }

                if (place == _seen.Count && !_isToTheEnd)
                {
                    return true;
                }
            }

            return place == _seen.Count;
        }

        /// <summary>Simulated disks share records, so that most are the very same.</summary>
        private static bool AreSame(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => one.Equals(other) || one.Span.SequenceEqual(other.Span);
    }
}
