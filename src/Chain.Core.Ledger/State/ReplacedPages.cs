using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>Finds the pages of a stored tree that a later version of it does without.</summary>
internal readonly struct ReplacedPages(StatePages pages, List<(UInt128 Version, Hash256 Hash)> found)
{
    /// <summary>Compares the tree that was stored last with one that was made from it and is not stored yet.</summary>
    public void Find(StateNode? stored, UInt128 version, StateNode? now)
    {
        if (stored is StateLeaf leaf && !ReferenceEquals(leaf, now))
        {
            found.Add((version, leaf.Hash));
        }

        Compare(stored, now);
    }

    private void Compare(StateNode? before, StateNode? now)
    {
        if (ReferenceEquals(before, now))
        {
            return;
        }

        if (before is StateStub page)
        {
            if (now is StateStub same && same.Version == page.Version && same.Hash == page.Hash)
            {
                return;
            }

            found.Add((page.Version, page.Hash));
        }
        else if (before is null or StateLeaf || (now is StatePacked && now.Hash == before.Hash))
        {
            return; // no pages are below, or the same ones: what is packed was not changed
        }

        if (pages.Opened(before) is StateInner inner)
        {
            var other = (now is StatePacked packed ? packed.Open() : now) as StateInner;
            Compare(inner.Left, other?.Left);
            Compare(inner.Right, other?.Right);
        }
    }
}
