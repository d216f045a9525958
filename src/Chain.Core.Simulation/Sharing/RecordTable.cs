using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// Gives disks that write the same record the same object, so that the records of a chain are in memory once and not once a
/// node. For one thread.
/// </summary>
internal sealed class RecordTable
{
    /// <summary>Beyond this the older half is forgotten; who has a record of it keeps it.</summary>
    private const int MaxRemembered = 1 << 16;

    private HashSet<DiskRecord> _young = new(ContentComparer.Instance);
    private HashSet<DiskRecord> _old = new(ContentComparer.Instance);

    /// <summary>The record of a put.</summary>
    public DiskRecord Find(in WriteOperation put)
    {
        HashSet<DiskRecord>.AlternateLookup<WriteOperation> young = _young.GetAlternateLookup<WriteOperation>();
        if (young.TryGetValue(put, out DiskRecord? record))
        {
            return record;
        }

        record = _old.GetAlternateLookup<WriteOperation>().TryGetValue(put, out DiskRecord? known) ? known : Create(put);
        if (_young.Count >= MaxRemembered / 2)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young.Add(record);
        return record;
    }

    /// <summary>A record of its own; what was put may not change, so that its bytes are taken as they are.</summary>
    public static DiskRecord Create(WriteOperation put)
    {
        bool isWhole = MemoryMarshal.TryGetArray(put.Value, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length;
        return new DiskRecord(put.Key, isWhole ? segment.Array! : put.Value.ToArray());
    }

    /// <summary>Equal in key and value.</summary>
    private sealed class ContentComparer : IEqualityComparer<DiskRecord>, IAlternateEqualityComparer<WriteOperation, DiskRecord>
    {
        public static ContentComparer Instance { get; } = new();

        public bool Equals(DiskRecord? x, DiskRecord? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && AreEqual(x.Key.Span, x.Value, y.Key.Span, y.Value));

        public bool Equals(WriteOperation alternate, DiskRecord other) =>
            AreEqual(alternate.Key.Span, alternate.Value.Span, other.Key.Span, other.Value);

        public int GetHashCode(DiskRecord record) => HashOf(record.Key.Span, record.Value);

        public int GetHashCode(WriteOperation alternate) => HashOf(alternate.Key.Span, alternate.Value.Span);

        public DiskRecord Create(WriteOperation alternate) => RecordTable.Create(alternate);

        private static bool AreEqual(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> otherKey, ReadOnlySpan<byte> otherValue) =>
            key.SequenceEqual(otherKey) && value.SequenceEqual(otherValue);

        /// <summary>Of the ends of both: most keys and many values are or end with hashes.</summary>
        private static int HashOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => HashCode.Combine(EndOf(key), EndOf(value), value.Length);

        private static ulong EndOf(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length >= sizeof(ulong))
            {
                return BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
            }

            ulong end = 0;
            foreach (byte each in bytes)
            {
                end = (end << 8) | each;
            }

            return end;
        }
    }
}
