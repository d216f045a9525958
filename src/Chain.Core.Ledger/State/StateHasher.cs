using System.Numerics;
using System.Runtime.InteropServices;
using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// Fills in the missing hashes of a tree: all leaves first, then the inner nodes level by level from the deepest
/// up, so that the hashes of a level are independent of each other and are computed several at once. Who makes nodes
/// adds them.
/// </summary>
internal sealed class StateHasher
{
    private const int MessageSize = 1 + (2 * Hash256.Size);
    private const int MessagesAtOnce = 256;
    private const int LongestCopiedValue = 64;

    /// <summary>How many levels below that of as many places as changed keys still hold many nodes, in a tree of a hundred times those keys.</summary>
    private const int FullLevels = 6;

    private readonly List<LeafNodeToHash> _leaves;
    private readonly List<LeafInPageToHash> _leavesInPages = [];
    private readonly List<List<InnerNodeToHash>> _levels = [];
    private readonly List<List<InnerInPageToHash>> _levelsInPages = [];
    private readonly int _keys;
    private Hash256[] _hashes = [];
    private byte[] _messages = [];

    /// <param name="keys">About as many leaves will be added, and no more inner nodes a level.</param>
    public StateHasher(int keys)
    {
        _keys = keys;
        _leaves = new List<LeafNodeToHash>(keys);
    }

    public static Hash256 Hash(StateNode? node)
    {
        if (node is null)
        {
            return StateHashes.Empty;
        }

        if (!node.IsHashed)
        {
            var hasher = new StateHasher(1 << StatePages.Levels);
            hasher.Collect(node, 0);
            hasher.HashAll();
        }

        return node.Hash;
    }

    private void Collect(StateNode? node, int depth)
    {
        if (node is null || node.IsHashed)
        {
            return;
        }

        if (node is StateInner inner)
        {
            Add(inner, depth);
            Collect(inner.Left, depth + 1);
            Collect(inner.Right, depth + 1);
            return;
        }

        Add((StateLeaf)node);
    }

    public void Add(StateLeaf leaf) => _leaves.Add(new LeafNodeToHash(leaf));

    public void Add(in LeafInPageToHash leaf) => _leavesInPages.Add(leaf);

    /// <param name="node">A node that has no hash.</param>
    /// <param name="depth">How many turns lead to it from where the hasher begins.</param>
    public void Add(StateInner node, int depth) => Level(_levels, depth).Add(new InnerNodeToHash(node));

    /// <param name="node">A node that has no hash.</param>
    /// <param name="depth">How many turns lead to it from where the hasher begins.</param>
    public void Add(in InnerInPageToHash node, int depth) => Level(_levelsInPages, depth).Add(node);

    /// <summary>Hashes all that were added.</summary>
    public void HashAll()
    {
        int most = int.Max(_leaves.Count, _leavesInPages.Count);
        foreach (List<InnerNodeToHash> level in _levels)
        {
            most = int.Max(most, level.Count);
        }

        foreach (List<InnerInPageToHash> level in _levelsInPages)
        {
            most = int.Max(most, level.Count);
        }

        most = int.Min(most, MessagesAtOnce);
        _hashes = new Hash256[most];
        _messages = new byte[most * MessageSize];
        HashLeaves(CollectionsMarshal.AsSpan(_leaves));
        HashLeaves(CollectionsMarshal.AsSpan(_leavesInPages));
        for (int depth = int.Max(_levels.Count, _levelsInPages.Count) - 1; depth >= 0; depth--)
        {
            HashLevel(depth < _levels.Count ? CollectionsMarshal.AsSpan(_levels[depth]) : []);
            HashLevel(depth < _levelsInPages.Count ? CollectionsMarshal.AsSpan(_levelsInPages[depth]) : []);
        }
    }

    private List<T> Level<T>(List<List<T>> levels, int depth)
    {
        while (levels.Count <= depth)
        {
            levels.Add([]);
        }

        List<T> nodes = levels[depth];
        if (nodes.Count == 0 && depth <= BitOperations.Log2((uint)_keys | 1) + FullLevels)
        {
            nodes.EnsureCapacity(int.Min(1 << int.Min(depth, 30), _keys));
        }

        return nodes;
    }

    private void HashLeaves<T>(Span<T> leaves)
        where T : struct, ILeafToHash
    {
        HashValues(leaves);
        for (int first = 0; first < leaves.Length; first += MessagesAtOnce)
        {
            int count = int.Min(MessagesAtOnce, leaves.Length - first);
            for (int i = 0; i < count; i++)
            {
                SetMessage(i, StateHashes.LeafPrefix, in leaves[first + i].KeyHash, in leaves[first + i].Hash);
            }

            Sha256.HashMany(_messages.AsSpan(0, count * MessageSize), MessageSize, _hashes.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                leaves[first + i].SetHash(in _hashes[i]);
            }
        }
    }

    private void HashLevel<T>(Span<T> level)
        where T : struct, IInnerToHash
    {
        Hash256 empty = StateHashes.Empty;
        for (int first = 0; first < level.Length; first += MessagesAtOnce)
        {
            int count = int.Min(MessagesAtOnce, level.Length - first);
            for (int i = 0; i < count; i++)
            {
                SetMessage(i, StateHashes.NodePrefix, in level[first + i].Left(in empty), in level[first + i].Right(in empty));
            }

            Sha256.HashMany(_messages.AsSpan(0, count * MessageSize), MessageSize, _hashes.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                level[first + i].SetHash(in _hashes[i]);
            }
        }
    }

    private void SetMessage(int index, byte prefix, in Hash256 left, in Hash256 right)
    {
        Span<byte> message = _messages.AsSpan(unchecked(index * MessageSize), MessageSize);
        message[0] = prefix;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + Hash256.Size)..]);
    }

    /// <summary>
    /// Puts the hash of its value where the hash of each leaf will be. Values of one length together: balances and
    /// counters, which most values are, have few lengths.
    /// </summary>
    private void HashValues<T>(Span<T> leaves)
        where T : struct, ILeafToHash
    {
        var lengths = new int[leaves.Length];
        var order = new int[leaves.Length];
        for (int i = 0; i < order.Length; i++)
        {
            lengths[i] = leaves[i].Value.Length;
            order[i] = i;
        }

        Array.Sort(lengths, order);
        int next = 0;
        while (next < order.Length)
        {
            int end = next + 1;
            while (end < order.Length && lengths[end] == lengths[next] && end - next < MessagesAtOnce)
            {
                end++;
            }

            HashValues(leaves, order.AsSpan(next, end - next), lengths[next]);
            next = end;
        }
    }

    private void HashValues<T>(Span<T> leaves, ReadOnlySpan<int> chosen, int length)
        where T : struct, ILeafToHash
    {
        if (length > LongestCopiedValue || chosen.Length == 1)
        {
            foreach (int leaf in chosen)
            {
                leaves[leaf].SetHash(StateHashes.Value(leaves[leaf].Value));
            }

            return;
        }

        for (int i = 0; i < chosen.Length; i++)
        {
            leaves[chosen[i]].Value.CopyTo(_messages.AsSpan(i * length));
        }

        Sha256.HashMany(_messages.AsSpan(0, chosen.Length * length), length, _hashes.AsSpan(0, chosen.Length));
        for (int i = 0; i < chosen.Length; i++)
        {
            leaves[chosen[i]].SetHash(in _hashes[i]);
        }
    }
}
