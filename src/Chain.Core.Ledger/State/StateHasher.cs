using System.Numerics;
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

    private readonly List<StateLeaf> _leaves;
    private readonly List<List<StateInner>> _levels = [];
    private readonly int _keys;
    private Hash256[] _hashes = [];
    private byte[] _messages = [];

    /// <param name="keys">About as many leaves will be added, and no more inner nodes a level.</param>
    public StateHasher(int keys)
    {
        _keys = keys;
        _leaves = new List<StateLeaf>(keys);
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

    public void Add(StateLeaf leaf) => _leaves.Add(leaf);

    /// <param name="node">A node that has no hash.</param>
    /// <param name="depth">How many turns lead to it from where the hasher begins.</param>
    public void Add(StateInner node, int depth)
    {
        while (_levels.Count <= depth)
        {
            _levels.Add(new List<StateInner>(1 << int.Min(_levels.Count, BitOperations.Log2((uint)_keys | 1))));
        }

        _levels[depth].Add(node);
    }

    /// <summary>Hashes all that were added.</summary>
    public void HashAll()
    {
        int most = _leaves.Count;
        foreach (List<StateInner> level in _levels)
        {
            most = int.Max(most, level.Count);
        }

        most = int.Min(most, MessagesAtOnce);
        _hashes = new Hash256[most];
        _messages = new byte[most * MessageSize];
        HashLeaves();
        for (int depth = _levels.Count - 1; depth >= 0; depth--)
        {
            HashLevel(_levels[depth]);
        }
    }

    private void HashLeaves()
    {
        HashValues();
        for (int first = 0; first < _leaves.Count; first += MessagesAtOnce)
        {
            int count = int.Min(MessagesAtOnce, _leaves.Count - first);
            for (int i = 0; i < count; i++)
            {
                SetMessage(i, StateHashes.LeafPrefix, in _leaves[first + i].KeyHash, in _leaves[first + i].HashInPlace);
            }

            Sha256.HashMany(_messages.AsSpan(0, count * MessageSize), MessageSize, _hashes.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                _leaves[first + i].SetHash(in _hashes[i]);
            }
        }
    }

    private void HashLevel(List<StateInner> level)
    {
        Hash256 empty = StateHashes.Empty;
        for (int first = 0; first < level.Count; first += MessagesAtOnce)
        {
            int count = int.Min(MessagesAtOnce, level.Count - first);
            for (int i = 0; i < count; i++)
            {
                StateInner node = level[first + i];
                ref readonly Hash256 left = ref node.Left is { } one ? ref one.HashInPlace : ref empty;
                ref readonly Hash256 right = ref node.Right is { } other ? ref other.HashInPlace : ref empty;
                SetMessage(i, StateHashes.NodePrefix, in left, in right);
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
    private void HashValues()
    {
        var lengths = new int[_leaves.Count];
        var order = new int[_leaves.Count];
        for (int i = 0; i < order.Length; i++)
        {
            lengths[i] = _leaves[i].Value.Length;
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

            HashValues(order.AsSpan(next, end - next), lengths[next]);
            next = end;
        }
    }

    private void HashValues(ReadOnlySpan<int> leaves, int length)
    {
        if (length > LongestCopiedValue || leaves.Length == 1)
        {
            foreach (int leaf in leaves)
            {
                _leaves[leaf].SetHash(StateHashes.Value(_leaves[leaf].Value.Span));
            }

            return;
        }

        for (int i = 0; i < leaves.Length; i++)
        {
            _leaves[leaves[i]].Value.Span.CopyTo(_messages.AsSpan(i * length));
        }

        Sha256.HashMany(_messages.AsSpan(0, leaves.Length * length), length, _hashes.AsSpan(0, leaves.Length));
        for (int i = 0; i < leaves.Length; i++)
        {
            _leaves[leaves[i]].SetHash(in _hashes[i]);
        }
    }
}
