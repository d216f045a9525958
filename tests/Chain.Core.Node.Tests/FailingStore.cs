using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Node.Tests;

/// <summary>A store whose disk breaks on command.</summary>
/// <param name="inner">What stays when the node disposes this store.</param>
internal sealed class FailingStore(MemoryStore inner) : IKeyValueStore
{
    private readonly MemoryStore _inner = inner;

    public volatile bool Fails;

    public void Write(WriteBatch batch, Durability durability)
    {
        if (Fails)
        {
            throw new StorageException("The disk is gone.");
        }

        _inner.Write(batch, durability);
    }

    public IKeyValueSnapshot CreateSnapshot() => _inner.CreateSnapshot();

    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => _inner.TryGet(key, out value);

    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => _inner.Scan(prefix, from);

    public void Dispose()
    {
    }
}
