using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// Fills in the missing hashes of a tree: all leaves first, then the inner nodes level by level from the deepest
/// up, so that the hashes of a level are independent of each other and can be computed together.
/// </summary>
internal sealed class StateHasher
{
    private readonly List<StateLeaf> _leaves = [];
    private readonly List<List<StateInner>> _levels = [];

    public static Hash256 Hash(StateNode? node)
    {
        if (node is null)
        {
            return StateHashes.Empty;
        }

        if (!node.IsHashed)
        {
            var hasher = new StateHasher();
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

        if (node is StateLeaf leaf)
        {
            _leaves.Add(leaf);
            return;
        }

        var inner = (StateInner)node;
        if (_levels.Count == depth)
        {
            _levels.Add([]);
        }

        _levels[depth].Add(inner);
        Collect(inner.Left, depth + 1);
        Collect(inner.Right, depth + 1);
    }

    private void HashAll()
    {
        var pairs = new Hash256[2 * int.Max(_leaves.Count, _levels.Count == 0 ? 0 : _levels.Max(static level => level.Count))];
        var hashes = new Hash256[pairs.Length / 2];
        for (int i = 0; i < _leaves.Count; i++)
        {
            pairs[2 * i] = _leaves[i].KeyHash;
            pairs[(2 * i) + 1] = StateHashes.Value(_leaves[i].Value.Span);
        }

        StateHashes.Leaves(pairs.AsSpan(0, 2 * _leaves.Count), hashes);
        Assign(_leaves, hashes);
        for (int depth = _levels.Count - 1; depth >= 0; depth--)
        {
            List<StateInner> level = _levels[depth];
            for (int i = 0; i < level.Count; i++)
            {
                pairs[2 * i] = level[i].Left?.Hash ?? StateHashes.Empty;
                pairs[(2 * i) + 1] = level[i].Right?.Hash ?? StateHashes.Empty;
            }

            StateHashes.Nodes(pairs.AsSpan(0, 2 * level.Count), hashes);
            Assign(level, hashes);
        }
    }

    private static void Assign<TNode>(List<TNode> nodes, ReadOnlySpan<Hash256> hashes)
        where TNode : StateNode
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            nodes[i].SetHash(in hashes[i]);
        }
    }
}
