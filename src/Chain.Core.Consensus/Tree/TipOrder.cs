namespace Chain.Core.Consensus;

/// <summary>The heaviest first; among equals, the first seen.</summary>
internal sealed class TipOrder : IComparer<BlockTreeNode>
{
    public int Compare(BlockTreeNode? x, BlockTreeNode? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int order = y.Weight.CompareTo(x.Weight);
        return order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
    }
}
