using System.Runtime.InteropServices;
using Chain.Core.Machines;

namespace Chain.Core.Storage.RocksDb;

/// <summary>A native batch with the operations of a <see cref="WriteBatch"/>.</summary>
internal sealed class BatchHandle : SafeHandle
{
    internal unsafe BatchHandle(WriteBatch batch)
        : base(0, ownsHandle: true)
    {
        SetHandle(RocksDbApi.CreateBatch());
        foreach (WriteOperation operation in batch.Operations)
        {
            ReadOnlySpan<byte> key = operation.Key.Span;
            ReadOnlySpan<byte> value = operation.Value.Span;
            fixed (byte* keyStart = key, valueStart = value)
            {
                if (operation.IsDelete)
                {
                    RocksDbApi.Delete(handle, keyStart, (nuint)key.Length);
                }
                else
                {
                    RocksDbApi.Put(handle, keyStart, (nuint)key.Length, valueStart, (nuint)value.Length);
                }
            }
        }
    }

    public override bool IsInvalid => handle == 0;

    internal nint Native => handle;

    protected override bool ReleaseHandle()
    {
        RocksDbApi.DestroyBatch(handle);
        return true;
    }
}
