namespace Chain.Core.Ledger;

/// <summary>Finds the pages of a stored tree that a later version of it does without.</summary>
/// <param name="pages">Reads pages that are not in memory.</param>
/// <param name="kept">The stored pages that the later version goes on with, in the order of their keys, none below another.</param>
/// <param name="found">Takes the others.</param>
internal struct ReplacedPages(StatePages pages, IReadOnlyList<StateStub> kept, List<StateStub> found)
{
    private int _next;

    /// <summary>Compares the tree that was stored last with one that was made from it.</summary>
    public void Find(StateNode? stored, UInt128 version, StateNode? now)
    {
        if (stored is StateLeaf leaf && !ReferenceEquals(leaf, now))
        {
            found.Add(new StateStub(in leaf.HashInPlace, version));
        }
        else if (stored is StateStub top)
        {
            Find(top);
        }

        if (_next != kept.Count)
        {
            throw new InvalidOperationException("The tree holds a page that the one it was made from does not have.");
        }
    }

    private void Find(StateStub stored)
    {
        if (_next < kept.Count && kept[_next].Version == stored.Version && kept[_next].HashInPlace == stored.HashInPlace)
        {
            _next++;
            return;
        }

        found.Add(stored);
        foreach (StateStub below in stored.Load(pages).Below)
        {
            Find(below);
        }
    }
}
