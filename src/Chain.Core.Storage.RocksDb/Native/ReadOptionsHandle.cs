using System.Runtime.InteropServices;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Native read options: which state to read, and where an iterator ends.</summary>
internal sealed unsafe class ReadOptionsHandle : SafeHandle
{
    // RocksDB keeps a pointer to the bound, so the bytes live as long as the options.
    private readonly byte* _upperBound;

    internal ReadOptionsHandle(SnapshotHandle? snapshot = null, byte[]? upperBound = null)
        : base(0, ownsHandle: true)
    {
        RocksDbSharp.Native native = RocksDbSharp.Native.Instance;
        SetHandle(native.rocksdb_readoptions_create());
        if (snapshot is not null)
        {
            native.rocksdb_readoptions_set_snapshot(handle, snapshot.Native);
        }

        if (upperBound is not null)
        {
            _upperBound = (byte*)NativeMemory.Alloc((nuint)upperBound.Length);
            upperBound.CopyTo(new Span<byte>(_upperBound, upperBound.Length));
            native.rocksdb_readoptions_set_iterate_upper_bound(handle, _upperBound, (nuint)upperBound.Length);
        }
    }

    public override bool IsInvalid => handle == 0;

    internal nint Native => handle;

    protected override bool ReleaseHandle()
    {
        RocksDbSharp.Native.Instance.rocksdb_readoptions_destroy(handle);
        NativeMemory.Free(_upperBound);
        return true;
    }
}
