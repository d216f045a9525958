using System.Runtime.InteropServices;

namespace Chain.Core.Simulation;

/// <summary>
/// Records in ascending order of their keys, as unsigned bytes, eight bytes for each beside the record itself: in chunks,
/// so that adding one moves few others.
/// </summary>
internal sealed class DiskRecords
{
    private const int ChunkRecords = 64;

    private readonly List<List<DiskRecord>> _chunks; // none is empty

    public DiskRecords() => _chunks = [];

    private DiskRecords(List<List<DiskRecord>> chunks) => _chunks = chunks;

    /// <summary>How many read this version and must not see a change.</summary>
    public int Readers { get; set; }

    public DiskRecord? Find(ReadOnlySpan<byte> key)
    {
        int chunk = ChunkOf(key);
        if (chunk < 0)
        {
            return null;
        }

        int place = PlaceIn(_chunks[chunk], key, out bool isThere);
        return isThere ? _chunks[chunk][place] : null;
    }

    /// <summary>Puts a record in the place of the one with its key, which is the answer.</summary>
    public DiskRecord? Put(DiskRecord record)
    {
        if (_chunks.Count == 0)
        {
            _chunks.Add(NewChunk([record]));
            return null;
        }

        int index = int.Max(ChunkOf(record.Key.Span), 0);
        List<DiskRecord> chunk = _chunks[index];
        int place = PlaceIn(chunk, record.Key.Span, out bool isThere);
        if (isThere)
        {
            DiskRecord before = chunk[place];
            chunk[place] = record;
            return before;
        }

        if (chunk.Count == ChunkRecords)
        {
            int kept = place == ChunkRecords ? ChunkRecords : ChunkRecords / 2; // most keys come in order
            List<DiskRecord> upper = NewChunk(CollectionsMarshal.AsSpan(chunk)[kept..]);
            chunk.RemoveRange(kept, ChunkRecords - kept);
            _chunks.Insert(index + 1, upper);
            (chunk, place) = place < kept ? (chunk, place) : (upper, place - kept);
        }

        chunk.Insert(place, record);
        return null;
    }

    /// <summary>Takes the record with this key out; null where there is none.</summary>
    public DiskRecord? Remove(ReadOnlySpan<byte> key)
    {
        int index = ChunkOf(key);
        if (index < 0)
        {
            return null;
        }

        List<DiskRecord> chunk = _chunks[index];
        int place = PlaceIn(chunk, key, out bool isThere);
        if (!isThere)
        {
            return null;
        }

        DiskRecord removed = chunk[place];
        chunk.RemoveAt(place);
        if (chunk.Count == 0)
        {
            _chunks.RemoveAt(index);
        }

        return removed;
    }

    /// <summary>The records from a key on.</summary>
    public IEnumerable<DiskRecord> From(ReadOnlyMemory<byte> key)
    {
        int first = int.Max(ChunkOf(key.Span), 0);
        for (int index = first; index < _chunks.Count; index++)
        {
            List<DiskRecord> chunk = _chunks[index];
            for (int place = index == first ? PlaceIn(chunk, key.Span, out _) : 0; place < chunk.Count; place++)
            {
                yield return chunk[place];
            }
        }
    }

    public DiskRecords Clone() => new(_chunks.ConvertAll(static chunk => NewChunk(CollectionsMarshal.AsSpan(chunk))));

    /// <summary>With room for all that it may hold: it never grows, which would leave arrays behind in the memory of old objects.</summary>
    private static List<DiskRecord> NewChunk(ReadOnlySpan<DiskRecord> records)
    {
        var chunk = new List<DiskRecord>(ChunkRecords);
        chunk.AddRange(records);
        return chunk;
    }

    /// <summary>The chunk in which a key stands, if anywhere: the last that does not begin above it; −1 where all do.</summary>
    private int ChunkOf(ReadOnlySpan<byte> key)
    {
        UInt128 begin = DiskRecord.BeginOf(key);
        int low = 0;
        int high = _chunks.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _chunks[middle][0].CompareWith(key, begin) >= 0 ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private static int PlaceIn(List<DiskRecord> chunk, ReadOnlySpan<byte> key, out bool isThere)
    {
        UInt128 begin = DiskRecord.BeginOf(key);
        int low = 0;
        int high = chunk.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            int order = chunk[middle].CompareWith(key, begin);
            if (order == 0)
            {
                isThere = true;
                return middle;
            }

            (low, high) = order > 0 ? (middle + 1, high) : (low, middle);
        }

        isThere = false;
        return low;
    }
}
