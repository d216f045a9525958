using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Chain.Core.Machines;

namespace Chain.Core.Storage;

/// <summary>
/// A store in memory: for tests, simulations and nodes that keep nothing. A snapshot costs one object, whatever
/// the size of the store; readers never wait.
/// </summary>
/// <remarks>Every batch builds a new root that shares what did not change, and then publishes it.</remarks>
public sealed class MemoryStore : IKeyValueStore
{
    private readonly Lock _writing = new();
    private volatile SortedTree? _tree = SortedTree.Empty;

    /// <inheritdoc/>
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => Tree.TryGet(key, out value);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => Tree.Scan(prefix, from);

    /// <inheritdoc/>
    /// <remarks>The store keeps arrays that it is given whole; durability means nothing here.</remarks>
    public void Write(WriteBatch batch, Durability durability)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_writing)
        {
            SortedTree.Editor editor = Tree.Edit();
            foreach (WriteOperation operation in batch.Operations)
            {
                if (operation.IsDelete)
                {
                    editor.Remove(operation.Key.Span);
                }
                else
                {
                    editor.Put(ToArray(operation.Key), ToArray(operation.Value));
                }
            }

            _tree = editor.Build();
        }
    }

    /// <inheritdoc/>
    public IKeyValueSnapshot CreateSnapshot() => new Snapshot(Tree);

    /// <summary>Forgets everything; snapshots stay readable.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            _tree = null;
        }
    }

    private SortedTree Tree => _tree ?? throw new ObjectDisposedException(nameof(MemoryStore));

    private static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) && segment.Array!.Length == segment.Count
            ? segment.Array
            : bytes.ToArray();

    private sealed class Snapshot(SortedTree tree) : IKeyValueSnapshot
    {
        private SortedTree? _tree = tree;

        public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value) => Tree.TryGet(key, out value);

        public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
            ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from = default) => Tree.Scan(prefix, from);

        public void Dispose() => _tree = null;

        private SortedTree Tree => _tree ?? throw new ObjectDisposedException(nameof(IKeyValueSnapshot));
    }
}
