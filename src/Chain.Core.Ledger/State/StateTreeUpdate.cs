using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>Applies sorted changes to a tree. Every node on a changed path is made anew once; all others are shared.</summary>
internal readonly struct StateTreeUpdate(StatePages pages)
{
    public StateNode? Apply(StateNode? node, int depth, ReadOnlySpan<KeyedChange> changes)
    {
        if (changes.IsEmpty)
        {
            return node;
        }

        StateNode? loaded = pages.Opened(node);
        if (loaded is not StateInner inner)
        {
            return ApplyToLeaf((StateLeaf?)loaded, depth, changes);
        }

        int middle = FirstToTheRight(changes, depth);
        StateNode? left = Apply(inner.Left, depth + 1, changes[..middle]);
        StateNode? right = Apply(inner.Right, depth + 1, changes[middle..]);
        return ReferenceEquals(left, inner.Left) && ReferenceEquals(right, inner.Right) ? node : Join(left, right);
    }

    private StateNode? ApplyToLeaf(StateLeaf? leaf, int depth, ReadOnlySpan<KeyedChange> changes)
    {
        if (changes.Length == 1 && changes[0].Value is { } only && (leaf is null || leaf.KeyHash == changes[0].KeyHash))
        {
            pages.NodesAdded += leaf is null ? 1 : 0;
            Hash256 keyHash = changes[0].KeyHash;
            return leaf is not null && leaf.Value.Span.SequenceEqual(only.Span) ? leaf : new StateLeaf(in keyHash, changes[0].Key, only);
        }

        var leaves = new List<StateLeaf>(changes.Length + 1);
        StateLeaf? waiting = leaf;
        foreach (ref readonly KeyedChange change in changes)
        {
            Hash256 hash = change.KeyHash;
            int order = waiting is null ? 1 : waiting.KeyHash.CompareTo(hash);
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
                    : new StateLeaf(in hash, change.Key, value));
            }
        }

        if (waiting is not null)
        {
            leaves.Add(waiting);
        }

        pages.NodesAdded += 2 * leaves.Count;
        return Build(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(leaves), depth);
    }

    private static StateNode? Build(ReadOnlySpan<StateLeaf> leaves, int depth)
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

        return new StateInner(Build(leaves[..middle], depth + 1), Build(leaves[middle..], depth + 1));
    }

    /// <summary>A lone leaf rises; a lone inner node stays, because its keys share this bit of the path.</summary>
    private static StateNode? Join(StateNode? left, StateNode? right) =>
        left is null && right is null or StateLeaf ? right
        : right is null && left is StateLeaf ? left
        : new StateInner(left, right);

    private static int FirstToTheRight(ReadOnlySpan<KeyedChange> changes, int depth)
    {
        int low = 0;
        int high = changes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            Hash256 hash = changes[middle].KeyHash;
            if (StateHashes.TurnsRight(in hash, depth))
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
