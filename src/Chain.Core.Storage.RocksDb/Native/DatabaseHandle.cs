using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Database = RocksDbSharp.RocksDb;

namespace Chain.Core.Storage.RocksDb;

/// <summary>An open database. It closes when the last call, snapshot and iterator on it has ended.</summary>
internal sealed class DatabaseHandle : SafeHandle
{
    private readonly ManualResetEventSlim _closed = new();

    internal DatabaseHandle(Database database, string path)
        : base(0, ownsHandle: true)
    {
        KeepFromFinalizer(database);
        Database = database;
        Path = path;
        SetHandle(database.Handle);
    }

    public override bool IsInvalid => handle == 0;

    internal Database Database { get; }

    internal string Path { get; }

    internal nint Native => handle;

    /// <summary>Copies a value out; null where the key is absent.</summary>
    internal unsafe byte[]? Get(ReadOptionsHandle state, ReadOnlySpan<byte> key)
    {
        RocksDbSharp.Native native = RocksDbSharp.Native.Instance;
        nint pinned;
        fixed (byte* start = key)
        {
            byte none;
            pinned = native.rocksdb_get_pinned(handle, state.Native, start is null ? &none : start, (nuint)key.Length);
        }

        if (pinned == 0)
        {
            return null;
        }

        try
        {
            nint value = native.rocksdb_pinnableslice_value(pinned, out nuint length);
            return new ReadOnlySpan<byte>((void*)value, checked((int)length)).ToArray();
        }
        finally
        {
            native.rocksdb_pinnableslice_destroy(pinned);
        }
    }

    /// <summary>Refuses new calls and returns when the running ones are done and the files are closed.</summary>
    internal void DisposeAndWait()
    {
        Dispose();
        _closed.Wait();
    }

    [SuppressMessage("Usage", "CA1816", Justification = "This handle alone closes the database, after what depends on it.")]
    private static void KeepFromFinalizer(Database database) => GC.SuppressFinalize(database);

    protected override bool ReleaseHandle()
    {
        Database.Dispose();
        _closed.Set();
        return true;
    }
}
