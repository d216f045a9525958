namespace Chain.Core.Storage.RocksDb;

/// <summary>A native iterator over the keys with one prefix.</summary>
internal sealed class IteratorHandle : ChildHandle
{
    private readonly ReadOptionsHandle _options;
    private bool _started;

    internal IteratorHandle(DatabaseHandle database, SnapshotHandle? snapshot, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> from)
        : base(database)
    {
        RocksDbSharp.Native native = RocksDbSharp.Native.Instance;
        _options = new ReadOptionsHandle(snapshot, EndOf(prefix));
        SetHandle(native.rocksdb_create_iterator(Database, _options.Native));
        byte[] first = (prefix.SequenceCompareTo(from) > 0 ? prefix : from).ToArray();
        native.rocksdb_iter_seek(handle, first, (nuint)first.Length);
    }

    /// <exception cref="RocksDbSharp.RocksDbException">The data could not be read.</exception>
    internal unsafe bool TryNext(out KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> pair)
    {
        RocksDbSharp.Native native = RocksDbSharp.Native.Instance;
        if (_started)
        {
            native.rocksdb_iter_next(handle);
        }

        _started = true;
        if (native.rocksdb_iter_valid(handle) == 0)
        {
            // The end and a failed read look alike: only the error tells them apart.
            native.rocksdb_iter_get_error(handle);
            pair = default;
            return false;
        }

        byte* key = (byte*)native.rocksdb_iter_key(handle, out nuint keyLength);
        byte* value = (byte*)native.rocksdb_iter_value(handle, out nuint valueLength);
        pair = new(
            new ReadOnlySpan<byte>(key, checked((int)keyLength)).ToArray(),
            new ReadOnlySpan<byte>(value, checked((int)valueLength)).ToArray());
        return true;
    }

    protected override void Free()
    {
        RocksDbSharp.Native.Instance.rocksdb_iter_destroy(handle);
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
