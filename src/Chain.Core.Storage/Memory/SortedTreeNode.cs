using System.Runtime.CompilerServices;

namespace Chain.Core.Storage;

/// <summary>
/// A node of a <see cref="SortedTree"/>: a leaf maps keys to values, an inner node maps the lower bound of each
/// child to the child. It changes only for the editor that made it.
/// </summary>
internal sealed class SortedTreeNode
{
    private const int Capacity = 32;
    private const int FirstCapacity = 4;

    private readonly SortedTree.Editor _owner;
    private byte[][] _keys;
    private object[] _items;

    private SortedTreeNode(SortedTree.Editor owner, bool isLeaf, int capacity)
    {
        _owner = owner;
        IsLeaf = isLeaf;
        _keys = new byte[capacity][];
        _items = new object[capacity];
    }

    internal bool IsLeaf { get; }

    internal int Count { get; private set; }

    internal static SortedTreeNode CreateLeaf(SortedTree.Editor owner) => new(owner, isLeaf: true, FirstCapacity);

    internal static SortedTreeNode CreateParent(SortedTreeNode left, SortedTreeNode right, SortedTree.Editor owner)
    {
        var parent = new SortedTreeNode(owner, isLeaf: false, FirstCapacity);
        parent.InsertAt(0, left._keys[0], left);
        parent.InsertAt(1, right._keys[0], right);
        return parent;
    }

    internal byte[] Key(int index) => _keys[index];

    internal byte[] Value(int index) => Unsafe.As<byte[]>(_items[index]);

    internal SortedTreeNode Child(int index) => Unsafe.As<SortedTreeNode>(_items[index]);

    /// <summary>The index of <paramref name="key"/>, or the complement of where it would stand, from <paramref name="start"/> on.</summary>
    internal int Search(ReadOnlySpan<byte> key, int start = 0)
    {
        int low = start;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = _keys[middle].AsSpan().SequenceCompareTo(key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    /// <summary>The child that holds <paramref name="key"/> if any does. What stands as bound of the first child does not count.</summary>
    internal int ChildFor(ReadOnlySpan<byte> key)
    {
        int index = Search(key, start: 1);
        return index >= 0 ? index : ~index - 1;
    }

    /// <summary>Sets a key. Where the node was full, its upper part moves to <paramref name="sibling"/>.</summary>
    internal SortedTreeNode Put(byte[] key, byte[] value, SortedTree.Editor owner, out SortedTreeNode? sibling)
    {
        sibling = null;
        SortedTreeNode node = EditableBy(owner);
        if (!IsLeaf)
        {
            int child = node.ChildFor(key);
            node._items[child] = node.Child(child).Put(key, value, owner, out SortedTreeNode? upper);
            return upper is null ? node : node.Insert(child + 1, upper._keys[0], upper, out sibling);
        }

        int index = node.Search(key);
        if (index < 0)
        {
            return node.Insert(~index, key, value, out sibling);
        }

        node._items[index] = value;
        return node;
    }

    /// <summary>Removes a key; null where nothing is left. Small nodes are not merged, only empty ones go.</summary>
    internal SortedTreeNode? Remove(ReadOnlySpan<byte> key, SortedTree.Editor owner)
    {
        int index = IsLeaf ? Search(key) : ChildFor(key);
        if (index < 0)
        {
            return this;
        }

        SortedTreeNode? child = IsLeaf ? null : Child(index).Remove(key, owner);
        if (child is not null && ReferenceEquals(child, _items[index]))
        {
            return this;
        }

        SortedTreeNode node = EditableBy(owner);
        if (child is not null)
        {
            node._items[index] = child;
            return node;
        }

        node.RemoveAt(index);
        return node.Count switch
        {
            0 => null,
            1 when !node.IsLeaf => node.Child(0),
            _ => node,
        };
    }

    private SortedTreeNode EditableBy(SortedTree.Editor owner)
    {
        if (ReferenceEquals(_owner, owner))
        {
            return this;
        }

        var copy = new SortedTreeNode(owner, IsLeaf, int.Min(Capacity, Count + FirstCapacity));
        copy.TakeFrom(this, 0, Count);
        return copy;
    }

    private SortedTreeNode Insert(int index, byte[] key, object item, out SortedTreeNode? sibling)
    {
        sibling = null;
        if (Count < Capacity)
        {
            InsertAt(index, key, item);
            return this;
        }

        // Ascending keys, such as heights, leave full nodes behind them.
        int kept = index == Count ? Count : Count / 2;
        sibling = new SortedTreeNode(_owner, IsLeaf, Capacity);
        sibling.TakeFrom(this, kept, Count - kept);
        Array.Clear(_keys, kept, Count - kept);
        Array.Clear(_items, kept, Count - kept);
        Count = kept;
        if (index < kept)
        {
            InsertAt(index, key, item);
        }
        else
        {
            sibling.InsertAt(index - kept, key, item);
        }

        return this;
    }

    private void InsertAt(int index, byte[] key, object item)
    {
        if (Count == _keys.Length)
        {
            int capacity = int.Min(Capacity, Count * 2);
            Array.Resize(ref _keys, capacity);
            Array.Resize(ref _items, capacity);
        }

        Array.Copy(_keys, index, _keys, index + 1, Count - index);
        Array.Copy(_items, index, _items, index + 1, Count - index);
        _keys[index] = key;
        _items[index] = item;
        Count++;
    }

    private void RemoveAt(int index)
    {
        Count--;
        Array.Copy(_keys, index + 1, _keys, index, Count - index);
        Array.Copy(_items, index + 1, _items, index, Count - index);
        _keys[Count] = null!;
        _items[Count] = null!;
    }

    private void TakeFrom(SortedTreeNode source, int start, int count)
    {
        Array.Copy(source._keys, start, _keys, 0, count);
        Array.Copy(source._items, start, _items, 0, count);
        Count = count;
    }
}
