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
        SetHandle(RocksDbApi.CreateReadOptions());
        if (snapshot is not null)
        {
            RocksDbApi.SetSnapshot(handle, snapshot.Native);
        }

        if (upperBound is not null)
        {
            _upperBound = (byte*)NativeMemory.Alloc((nuint)upperBound.Length);
            upperBound.CopyTo(new Span<byte>(_upperBound, upperBound.Length));
            RocksDbApi.SetUpperBound(handle, _upperBound, (nuint)upperBound.Length);
        }
    }

    public override bool IsInvalid => handle == 0;

    internal nint Native => handle;

    protected override bool ReleaseHandle()
    {
        RocksDbApi.DestroyReadOptions(handle);
        NativeMemory.Free(_upperBound);
        return true;
    }
}
