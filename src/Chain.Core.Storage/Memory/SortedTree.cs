using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Storage;

/// <summary>An immutable ordered map of byte strings that shares its nodes with the maps it was made from.</summary>
internal sealed class SortedTree
{
    private readonly SortedTreeNode? _root;

    private SortedTree(SortedTreeNode? root) => _root = root;

    internal static SortedTree Empty { get; } = new(null);

    internal bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out byte[]? value)
    {
        SortedTreeNode? node = _root;
        while (node is { IsLeaf: false })
        {
            node = node.Child(node.ChildFor(key));
        }

        int index = node?.Search(key) ?? -1;
        value = index < 0 ? null : node!.Value(index);
        return value is not null;
    }

    internal IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Scan(
        ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> from)
    {
        ReadOnlyMemory<byte> first = prefix.Span.SequenceCompareTo(from.Span) > 0 ? prefix : from;
        var path = new Stack<(SortedTreeNode Node, int Next)>();
        if (_root is not null)
        {
            Descend(_root, first.Span, path);
        }

        while (path.TryPop(out (SortedTreeNode Node, int Next) step))
        {
            (SortedTreeNode node, int next) = step;
            if (next == node.Count)
            {
                continue;
            }

            path.Push((node, next + 1));
            if (!node.IsLeaf)
            {
                path.Push((node.Child(next), 0));
                continue;
            }

            byte[] key = node.Key(next);
            if (!key.AsSpan().StartsWith(prefix.Span))
            {
                yield break;
            }

            yield return new(key, node.Value(next));
        }
    }

    /// <summary>Starts a batch of changes; this map stays as it is.</summary>
    internal Editor Edit() => new(_root);

    private static void Descend(SortedTreeNode root, ReadOnlySpan<byte> first, Stack<(SortedTreeNode Node, int Next)> path)
    {
        SortedTreeNode node = root;
        while (!node.IsLeaf)
        {
            int child = node.ChildFor(first);
            path.Push((node, child + 1));
            node = node.Child(child);
        }

        int index = node.Search(first);
        path.Push((node, index < 0 ? ~index : index));
    }

    /// <summary>Collects changes; nodes that it made itself it changes in place.</summary>
    internal sealed class Editor(SortedTreeNode? root)
    {
        private SortedTreeNode? _root = root;

        internal void Put(byte[] key, byte[] value)
        {
            SortedTreeNode root = _root ?? SortedTreeNode.CreateLeaf(this);
            root = root.Put(key, value, this, out SortedTreeNode? sibling);
            _root = sibling is null ? root : SortedTreeNode.CreateParent(root, sibling, this);
        }

        internal void Remove(ReadOnlySpan<byte> key) => _root = _root?.Remove(key, this);

        internal SortedTree Build()
        {
            SortedTree built = new(_root);
            _root = null;
            return built;
        }
    }
}
