using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Rpc.Tests;

/// <summary>A store in memory that outlives its node, as a disk does.</summary>
internal sealed class KeptStore : IKeyValueStore
{
    private readonly MemoryStore _store = new();

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => _store.TryGet(key, out value);

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => _store.Scan(prefix, from);

    public void Write(WriteBatch batch, Durability durability) => _store.Write(batch, durability);

    public IKeyValueSnapshot CreateSnapshot() => _store.CreateSnapshot();

    public void Dispose()
    {
        // The next node goes on from here.
    }
}
