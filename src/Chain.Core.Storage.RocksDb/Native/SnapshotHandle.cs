namespace Chain.Core.Storage.RocksDb;

/// <summary>A native snapshot with the options that read from it.</summary>
internal sealed class SnapshotHandle : ChildHandle
{
    internal SnapshotHandle(DatabaseHandle database)
        : base(database)
    {
        SetHandle(RocksDbApi.CreateSnapshot(Database));
        State = new ReadOptionsHandle(this);
    }

    internal ReadOptionsHandle State { get; }

    internal nint Native => handle;

    protected override void Free()
    {
        State.Dispose();
        RocksDbApi.ReleaseSnapshot(Database, handle);
    }
}
