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
        foreach (StateLeaf leaf in _leaves)
        {
            Hash256 keyHash = leaf.KeyHash;
            leaf.SetHash(StateHashes.Leaf(in keyHash, StateHashes.Value(leaf.Value.Span)));
        }

        for (int depth = _levels.Count - 1; depth >= 0; depth--)
        {
            foreach (StateInner node in _levels[depth])
            {
                Hash256 left = node.Left?.Hash ?? StateHashes.Empty;
                Hash256 right = node.Right?.Hash ?? StateHashes.Empty;
                node.SetHash(StateHashes.Node(in left, in right));
            }
        }
    }
}
