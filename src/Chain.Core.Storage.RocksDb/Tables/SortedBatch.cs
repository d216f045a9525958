using System.Buffers.Binary;
using Chain.Core.Machines;

namespace Chain.Core.Storage.RocksDb;

/// <summary>The operations of a batch in the order of their keys, each key once, cut where tables should end.</summary>
internal static class SortedBatch
{
    /// <summary>Keys that share so many bytes at their beginning stand close together in the store.</summary>
    private const int SharedBytes = 8;

    /// <summary>Sorts operations; of those on one key only the last counts.</summary>
    public static WriteOperation[] Sort(IReadOnlyList<WriteOperation> operations)
    {
        WriteOperation[] sorted = [.. operations];
        var room = new WriteOperation[sorted.Length];

        // Who writes much mostly writes it in order: a few runs are merged in a few passes.
        List<int> ends = RunEnds(sorted);
        while (ends.Count > 1)
        {
            var merged = new List<int>((ends.Count + 1) / 2);
            int start = 0;
            for (int i = 0; i < ends.Count; i += 2)
            {
                int end = i + 1 < ends.Count ? ends[i + 1] : ends[i];
                Merge(sorted.AsSpan(start..ends[i]), sorted.AsSpan(ends[i]..end), room.AsSpan(start..end));
                merged.Add(end);
                start = end;
            }

            (sorted, room) = (room, sorted);
            ends = merged;
        }

        return WithoutRepetition(sorted);
    }

    /// <summary>Cuts sorted operations into tables: one for each run of neighbours of at least so many bytes, and what is between.</summary>
    /// <returns>Nothing where there is no such run.</returns>
    public static List<Range> Cut(ReadOnlySpan<WriteOperation> sorted, long runBytes)
    {
        var tables = new List<Range>();
        int rest = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            long bytes = BytesOf(sorted[start]);
            for (end = start + 1; end < sorted.Length && AreNeighbours(sorted[end - 1], sorted[end]); end++)
            {
                bytes += BytesOf(sorted[end]);
            }

            if (bytes < runBytes)
            {
                continue;
            }

            if (rest < start)
            {
                tables.Add(rest..start);
            }

            tables.Add(start..end);
            rest = end;
        }

        if (tables.Count > 0 && rest < sorted.Length)
        {
            tables.Add(rest..sorted.Length);
        }

        return tables;
    }

    public static long BytesOf(in WriteOperation operation) => operation.Key.Length + operation.Value.Length;

    private static List<int> RunEnds(WriteOperation[] operations)
    {
        var ends = new List<int>();
        for (int i = 1; i <= operations.Length; i++)
        {
            if (i == operations.Length || Compare(operations[i - 1], operations[i]) > 0)
            {
                ends.Add(i);
            }
        }

        return ends;
    }

    /// <summary>Of equal keys those of the earlier run come first.</summary>
    private static void Merge(ReadOnlySpan<WriteOperation> earlier, ReadOnlySpan<WriteOperation> later, Span<WriteOperation> merged)
    {
        int next = 0;
        foreach (WriteOperation operation in later)
        {
            while (!earlier.IsEmpty && Compare(earlier[0], operation) <= 0)
            {
                merged[next++] = earlier[0];
                earlier = earlier[1..];
            }

            merged[next++] = operation;
        }

        earlier.CopyTo(merged[next..]);
    }

    private static WriteOperation[] WithoutRepetition(WriteOperation[] sorted)
    {
        int count = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i + 1 == sorted.Length || Compare(sorted[i], sorted[i + 1]) != 0)
            {
                sorted[count++] = sorted[i];
            }
        }

        return count == sorted.Length ? sorted : sorted[..count];
    }

    private static int Compare(in WriteOperation left, in WriteOperation right) =>
        left.Key.Span.SequenceCompareTo(right.Key.Span);

    private static bool AreNeighbours(in WriteOperation left, in WriteOperation right) =>
        left.Key.Length >= SharedBytes
        && right.Key.Length >= SharedBytes
        && BinaryPrimitives.ReadUInt64BigEndian(left.Key.Span) == BinaryPrimitives.ReadUInt64BigEndian(right.Key.Span);
}
