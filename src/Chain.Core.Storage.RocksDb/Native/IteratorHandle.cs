namespace Chain.Core.Storage.RocksDb;

/// <summary>A native iterator over the keys with one prefix.</summary>
internal sealed unsafe class IteratorHandle : ChildHandle
{
    private readonly ReadOptionsHandle _options;
    private bool _started;

    internal IteratorHandle(DatabaseHandle database, SnapshotHandle? snapshot, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> from)
        : base(database)
    {
        _options = new ReadOptionsHandle(snapshot, EndOf(prefix));
        SetHandle(RocksDbApi.CreateIterator(Database, _options.Native));
        ReadOnlySpan<byte> first = prefix.SequenceCompareTo(from) > 0 ? prefix : from;
        fixed (byte* start = first)
        {
            RocksDbApi.Seek(handle, start, (nuint)first.Length);
        }
    }

    /// <exception cref="RocksDbException">The data could not be read.</exception>
    internal bool TryNext(out KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> pair)
    {
        if (_started)
        {
            RocksDbApi.Next(handle);
        }

        _started = true;
        if (RocksDbApi.IsValid(handle) == 0)
        {
            // The end and a failed read look alike: only the error tells them apart.
            RocksDbApi.GetIteratorError(handle, out nint error);
            RocksDbApi.Check(error);
            pair = default;
            return false;
        }

        byte* key = RocksDbApi.Key(handle, out nuint keyLength);
        byte* value = RocksDbApi.Value(handle, out nuint valueLength);
        pair = new(
            new ReadOnlySpan<byte>(key, checked((int)keyLength)).ToArray(),
            new ReadOnlySpan<byte>(value, checked((int)valueLength)).ToArray());
        return true;
    }

    protected override void Free()
    {
        RocksDbApi.DestroyIterator(handle);
        _options.Dispose();
    }

    /// <summary>The first key after all keys with the prefix, or null where there is none.</summary>
    private static byte[]? EndOf(ReadOnlySpan<byte> prefix)
    {
        int last = prefix.LastIndexOfAnyExcept((byte)0xff);
        if (last < 0)
        {
            return null;
        }

        byte[] end = prefix[..(last + 1)].ToArray();
        end[last]++;
        return end;
    }
}
