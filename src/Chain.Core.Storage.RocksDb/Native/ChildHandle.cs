using System.Runtime.InteropServices;

namespace Chain.Core.Storage.RocksDb;

/// <summary>A native object of an open database, which it keeps open.</summary>
internal abstract class ChildHandle : SafeHandle
{
    private readonly DatabaseHandle _database;

    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    protected ChildHandle(DatabaseHandle database)
        : base(0, ownsHandle: true)
    {
        bool added = false;
        database.DangerousAddRef(ref added);
        _database = database;
    }

    public override bool IsInvalid => handle == 0;

    protected nint Database => _database.Native;

    protected abstract void Free();

    protected sealed override bool ReleaseHandle()
    {
        Free();
        _database.DangerousRelease();
        return true;
    }
}
