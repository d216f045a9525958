using System.Runtime.InteropServices;
using Chain.Core.Machines;

namespace Chain.Core.Storage.RocksDb;

/// <summary>An open database. It closes when the last call, snapshot and iterator on it has ended.</summary>
internal sealed class DatabaseHandle : SafeHandle
{
    private readonly ManualResetEventSlim _closed = new();
    private readonly nint _durable = RocksDbApi.CreateWriteOptions();
    private readonly nint _buffered = RocksDbApi.CreateWriteOptions();

    private readonly TableFiles _tables;

    internal DatabaseHandle(nint database, string path, TableFiles tables)
        : base(0, ownsHandle: true)
    {
        Path = path;
        _tables = tables;
        RocksDbApi.SetSync(_durable, 1);
        SetHandle(database);
    }

    public override bool IsInvalid => handle == 0;

    internal string Path { get; }

    internal nint Native => handle;

    /// <summary>Copies a value out; null where the key is absent.</summary>
    /// <exception cref="RocksDbException">The data could not be read.</exception>
    internal unsafe byte[]? Get(ReadOptionsHandle state, ReadOnlySpan<byte> key)
    {
        nint pinned;
        nint error;
        fixed (byte* start = key)
        {
            pinned = RocksDbApi.GetPinned(handle, state.Native, start, (nuint)key.Length, out error);
        }

        RocksDbApi.Check(error);
        if (pinned == 0)
        {
            return null;
        }

        try
        {
            byte* value = RocksDbApi.PinnedValue(pinned, out nuint length);
            return new ReadOnlySpan<byte>(value, checked((int)length)).ToArray();
        }
        finally
        {
            RocksDbApi.DestroyPinned(pinned);
        }
    }

    /// <exception cref="RocksDbException">The batch was not written, or may not survive.</exception>
    internal void Write(WriteBatch batch, bool isDurable)
    {
        if (_tables.TryWrite(handle, batch))
        {
            return;
        }

        using var native = new BatchHandle(batch);
        RocksDbApi.Write(handle, isDurable ? _durable : _buffered, native.Native, out nint error);
        RocksDbApi.Check(error);
    }

    /// <summary>Refuses new calls and returns when the running ones are done and the files are closed.</summary>
    internal void DisposeAndWait()
    {
        Dispose();
        _closed.Wait();
    }

    protected override bool ReleaseHandle()
    {
        RocksDbApi.Close(handle);
        RocksDbApi.DestroyWriteOptions(_durable);
        RocksDbApi.DestroyWriteOptions(_buffered);
        _tables.Dispose();
        _closed.Set();
        return true;
    }
}
