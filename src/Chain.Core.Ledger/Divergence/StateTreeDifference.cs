using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>Walks two trees side by side and leaves out what their hashes say is the same.</summary>
internal sealed class StateTreeDifference(StateTree first, StateTree second)
{
    /// <summary>The leaf of each tree at the first key, in the order of hashed keys, where they differ; null where they do not.</summary>
    public (StateLeaf? First, StateLeaf? Second)? Find() => Find(first.Top, second.Top);

    private (StateLeaf? First, StateLeaf? Second)? Find(StateNode? one, StateNode? other)
    {
        if (StateHasher.Hash(one) == StateHasher.Hash(other))
        {
            return null;
        }

        return (first.Loaded(one), second.Loaded(other)) is (StateInner inner, StateInner otherInner)
            ? Find(inner.Left, otherInner.Left) ?? Find(inner.Right, otherInner.Right)
            : Merge(Leaves(first, one), Leaves(second, other));
    }

    /// <summary>Both in the order of hashed keys; one of them has a leaf at most.</summary>
    private static (StateLeaf? First, StateLeaf? Second)? Merge(IEnumerable<StateLeaf> leaves, IEnumerable<StateLeaf> others)
    {
        using IEnumerator<StateLeaf> one = leaves.GetEnumerator();
        using IEnumerator<StateLeaf> other = others.GetEnumerator();
        while (true)
        {
            StateLeaf? left = one.MoveNext() ? one.Current : null;
            StateLeaf? right = other.MoveNext() ? other.Current : null;
            int order = left is null || right is null
                ? (left is null ? 1 : 0) - (right is null ? 1 : 0)
                : Hash256.AsSpan(in left.KeyHash).SequenceCompareTo(Hash256.AsSpan(in right.KeyHash));
            if (order != 0)
            {
                return order < 0 ? (left, null) : (null, right);
            }

            if (left is null || !left.Value.Span.SequenceEqual(right!.Value.Span))
            {
                return left is null ? null : (left, right);
            }
        }
    }

    private static IEnumerable<StateLeaf> Leaves(StateTree tree, StateNode? node) => tree.Loaded(node) switch
    {
        StateLeaf leaf => [leaf],
        StateInner inner => Leaves(tree, inner.Left).Concat(Leaves(tree, inner.Right)),
        _ => [],
    };
}
