namespace Chain.Core.Ledger;

/// <summary>Walks two trees side by side and leaves out what their hashes say is the same.</summary>
internal sealed class StateTreeDifference(StateTree first, StateTree second)
{
    /// <summary>The leaf of each tree at the first key where they differ; null where they do not.</summary>
    public (StateLeaf? First, StateLeaf? Second)? Find()
    {
        foreach ((StateLeaf? First, StateLeaf? Second) found in All())
        {
            return found;
        }

        return null;
    }

    /// <summary>The leaves of each tree at every key where they differ, in the order of hashed keys; no more is read than is asked for.</summary>
    public IEnumerable<(StateLeaf? First, StateLeaf? Second)> All()
    {
        var open = new Stack<(StateNode? One, StateNode? Other)>([(first.Top, second.Top)]);
        while (open.TryPop(out (StateNode? One, StateNode? Other) next))
        {
            if (StateHasher.Hash(next.One) == StateHasher.Hash(next.Other))
            {
                continue;
            }

            if ((first.Loaded(next.One), second.Loaded(next.Other)) is (StateInner inner, StateInner otherInner))
            {
                open.Push((inner.Right, otherInner.Right));
                open.Push((inner.Left, otherInner.Left));
                continue;
            }

            foreach ((StateLeaf? First, StateLeaf? Second) found in Merge(Leaves(first, next.One), Leaves(second, next.Other)))
            {
                yield return found;
            }
        }
    }

    /// <summary>Both in the order of hashed keys; one of them has a leaf at most.</summary>
    private static IEnumerable<(StateLeaf? First, StateLeaf? Second)> Merge(IEnumerable<StateLeaf> leaves, IEnumerable<StateLeaf> others)
    {
        using IEnumerator<StateLeaf> one = leaves.GetEnumerator();
        using IEnumerator<StateLeaf> other = others.GetEnumerator();
        StateLeaf? left = Next(one);
        StateLeaf? right = Next(other);
        while (left is not null || right is not null)
        {
            int order = left is null ? 1 : right is null ? -1 : left.KeyHash.CompareTo(right.KeyHash);
            if (order != 0 || !left!.Value.Span.SequenceEqual(right!.Value.Span))
            {
                yield return (order <= 0 ? left : null, order >= 0 ? right : null);
            }

            (left, right) = (order <= 0 ? Next(one) : left, order >= 0 ? Next(other) : right);
        }
    }

    private static StateLeaf? Next(IEnumerator<StateLeaf> leaves) => leaves.MoveNext() ? leaves.Current : null;

    private static IEnumerable<StateLeaf> Leaves(StateTree tree, StateNode? top)
    {
        var open = new Stack<StateNode?>([top]);
        while (open.TryPop(out StateNode? next))
        {
            switch (tree.Loaded(next))
            {
                case StateLeaf leaf:
                    yield return leaf;
                    break;
                case StateInner inner:
                    open.Push(inner.Right);
                    open.Push(inner.Left);
                    break;
            }
        }
    }
}
