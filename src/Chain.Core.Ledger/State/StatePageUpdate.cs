namespace Chain.Core.Ledger;

/// <summary>
/// Changes values inside a page without making nodes of it: a copy of it, with the new values in place. It serves where every
/// change sets a key of the page to a value as long as the old one, as balances and counters mostly are; then the page keeps
/// its shape.
/// </summary>
internal sealed class StatePageUpdate(StateHasher hasher)
{
    private readonly List<Leaf> _leaves = [];
    private readonly List<Inner> _inner = [];
    private StatePage _page = null!;

    /// <summary>Applies changes to a page, which <paramref name="depth"/> turns led to.</summary>
    /// <param name="page">The page.</param>
    /// <param name="depth">How many turns lead to it.</param>
    /// <param name="changes">Sorted; at least one.</param>
    /// <param name="changed">The page with the changes, not stored yet; <paramref name="page"/> itself where nothing changed.</param>
    /// <returns>Whether the page keeps its shape; otherwise nothing was done.</returns>
    public bool TryApply(StatePage page, int depth, ReadOnlySpan<KeyedChange> changes, out StatePage changed)
    {
        changed = page;
        _page = page;
        _leaves.Clear();
        _inner.Clear();
        if (!TryFind(default, depth, changes))
        {
            return false;
        }

        if (_leaves.Count == 0)
        {
            return true;
        }

        changed = page.Copy();
        foreach (Leaf leaf in _leaves)
        {
            leaf.Change.Value!.Value.Span.CopyTo(changed.EncodedInPlace[leaf.Byte..]);
            hasher.Add(new LeafInPageToHash(changed, leaf.Hash, leaf.Change));
        }

        foreach (Inner inner in _inner)
        {
            hasher.Add(new InnerInPageToHash(changed, inner.Hash, inner.Left, inner.Right), inner.Depth);
        }

        return true;
    }

    /// <summary>Finds the leaves that change, and the nodes above them.</summary>
    private bool TryFind(in PagePlace place, int depth, ReadOnlySpan<KeyedChange> changes)
    {
        if (!_page.IsInner(in place))
        {
            return changes.Length == 1 && TryFindLeaf(in place, changes[0]);
        }

        int middle = StateTreeUpdate.FirstToTheRight(changes, depth);
        PagePlace left = place.Left;
        PagePlace right = _page.After(in left);
        int before = _leaves.Count;
        if ((middle > 0 && !TryFind(in left, depth + 1, changes[..middle]))
            || (middle < changes.Length && !TryFind(in right, depth + 1, changes[middle..])))
        {
            return false;
        }

        if (_leaves.Count > before)
        {
            _inner.Add(new Inner(depth, place.Hash, _page.HashPlaceOf(in left), _page.HashPlaceOf(in right)));
        }

        return true;
    }

    private bool TryFindLeaf(in PagePlace place, KeyedChange change)
    {
        if (change.Value is not { } value
            || !_page.TryGet(in place, change.Key.Span, out ReadOnlyMemory<byte> old)
            || old.Length != value.Length)
        {
            return false;
        }

        if (!old.Span.SequenceEqual(value.Span))
        {
            PagePlace end = _page.After(in place); // the value is the last of a leaf
            _leaves.Add(new Leaf(place.Hash, end.Byte - value.Length, change));
        }

        return true;
    }

    private readonly record struct Leaf(int Hash, int Byte, KeyedChange Change);

    private readonly record struct Inner(int Depth, int Hash, int Left, int Right);
}
