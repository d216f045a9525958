namespace Chain.Core.Ledger;

/// <summary>
/// Applies sorted changes to a tree. Every node on a changed path is made anew once, and added to the hasher; all
/// others are shared.
/// </summary>
internal readonly struct StateTreeUpdate(StatePages pages, StateHasher hasher)
{
    private readonly StatePageUpdate _inPage = new(hasher);

    public StateNode? Apply(StateNode? node, int depth, ReadOnlySpan<KeyedChange> changes)
    {
        if (changes.IsEmpty)
        {
            return node;
        }

        switch (node)
        {
            case StateInner inner:
                int middle = FirstToTheRight(changes, depth);
                StateNode? left = Apply(inner.Left, depth + 1, changes[..middle]);
                StateNode? right = Apply(inner.Right, depth + 1, changes[middle..]);
                return ReferenceEquals(left, inner.Left) && ReferenceEquals(right, inner.Right) ? node : Join(left, right, depth);
            case StatePacked packed:
                return TryApply(packed.Page, packed.Place, depth, changes, out StateNode? changed) ? changed : node;
            case StatePage page:
                return ApplyToPage(page, page, depth, changes);
            case StateStub stub:
                return ApplyToPage(stub, stub.Load(pages), depth, changes);
            default:
                return ApplyToLeaf((StateLeaf?)node, depth, changes);
        }
    }

    private StateNode? ApplyToPage(StateNode node, StatePage page, int depth, ReadOnlySpan<KeyedChange> changes)
    {
        if (!_inPage.TryApply(page, depth, changes, out StatePage inPage))
        {
            return TryApply(page, default, depth, changes, out StateNode? changed) ? changed : node;
        }

        if (ReferenceEquals(inPage, page))
        {
            return node;
        }

        pages.NodesAdded += page.Nodes;
        return inPage;
    }

    /// <summary>Applies changes to what stands in a page; of what stays as it is, no nodes are made but the tops.</summary>
    /// <returns>Whether anything changed.</returns>
    private bool TryApply(StatePage page, PagePlace place, int depth, ReadOnlySpan<KeyedChange> changes, out StateNode? changed)
    {
        changed = null;
        if (changes.IsEmpty)
        {
            return false;
        }

        if (!page.IsInner(in place))
        {
            StateNode? node = page.NodeAt(in place);
            changed = Apply(node, depth, changes);
            return !ReferenceEquals(changed, node);
        }

        int middle = FirstToTheRight(changes, depth);
        PagePlace toTheLeft = place.Left;
        PagePlace toTheRight = page.After(in toTheLeft);
        bool isLeft = TryApply(page, toTheLeft, depth + 1, changes[..middle], out StateNode? left);
        bool isRight = TryApply(page, toTheRight, depth + 1, changes[middle..], out StateNode? right);
        if (!isLeft && !isRight)
        {
            return false;
        }

        pages.NodesAdded += 2;
        changed = Join(isLeft ? left : page.NodeAt(in toTheLeft), isRight ? right : page.NodeAt(in toTheRight), depth);
        return true;
    }

    private StateNode? ApplyToLeaf(StateLeaf? leaf, int depth, ReadOnlySpan<KeyedChange> changes)
    {
        if (changes.Length == 1 && changes[0].Value is { } only && (leaf is null || leaf.KeyHash == changes[0].KeyHash))
        {
            pages.NodesAdded += leaf is null ? 1 : 0;
            return leaf is not null && leaf.Value.Span.SequenceEqual(only.Span) ? leaf : NewLeaf(changes[0], only);
        }

        var leaves = new List<StateLeaf>(changes.Length + 1);
        StateLeaf? waiting = leaf;
        foreach (KeyedChange change in changes)
        {
            int order = waiting is null ? 1 : waiting.KeyHash.CompareTo(change.KeyHash);
            if (order < 0)
            {
                leaves.Add(waiting!);
            }

            // The leaf is placed, or this change is about its key.
            StateLeaf? replaced = order == 0 ? waiting : null;
            waiting = order <= 0 ? null : waiting;
            if (change.Value is { } value)
            {
                leaves.Add(replaced is not null && replaced.Value.Span.SequenceEqual(value.Span)
                    ? replaced
                    : NewLeaf(change, value));
            }
        }

        if (waiting is not null)
        {
            leaves.Add(waiting);
        }

        pages.NodesAdded += 2 * leaves.Count;
        return Build(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(leaves), depth);
    }

    private StateLeaf NewLeaf(KeyedChange change, ReadOnlyMemory<byte> value)
    {
        var leaf = new StateLeaf(in change.KeyHash, change.Key, value);
        hasher.Add(leaf);
        return leaf;
    }

    private StateInner NewInner(StateNode? left, StateNode? right, int depth)
    {
        var inner = new StateInner(left, right);
        hasher.Add(inner, depth);
        return inner;
    }

    private StateNode? Build(ReadOnlySpan<StateLeaf> leaves, int depth)
    {
        if (leaves.Length <= 1)
        {
            return leaves.IsEmpty ? null : leaves[0];
        }

        int middle = 0;
        while (middle < leaves.Length && !StateHashes.TurnsRight(in leaves[middle].KeyHash, depth))
        {
            middle++;
        }

        return NewInner(Build(leaves[..middle], depth + 1), Build(leaves[middle..], depth + 1), depth);
    }

    /// <summary>A lone leaf rises; a lone inner node stays, because its keys share this bit of the path.</summary>
    private StateNode? Join(StateNode? left, StateNode? right, int depth) =>
        left is null && right is null or StateLeaf ? right
        : right is null && left is StateLeaf ? left
        : NewInner(left, right, depth);

    internal static int FirstToTheRight(ReadOnlySpan<KeyedChange> changes, int depth)
    {
        int low = 0;
        int high = changes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (StateHashes.TurnsRight(in changes[middle].KeyHash, depth))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
