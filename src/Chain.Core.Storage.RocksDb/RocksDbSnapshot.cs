using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Storage.RocksDb;

internal sealed class RocksDbSnapshot(RocksDbStore store, SnapshotHandle handle) : IKeyValueSnapshot
{
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        using var use = new HandleUse(handle);
        return store.TryGet(handle.State, key, out value);
    }

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default)
    {
        using var use = new HandleUse(handle);
        return store.Scan(handle, prefix, from);
    }

    public void Dispose() => store.Release(handle);
}
