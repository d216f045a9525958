namespace Chain.Core.Consensus;

/// <summary>The unjudged headers that count against one source.</summary>
internal sealed class HeaderBudget
{
    private readonly List<BlockTreeNode> _headers = [];

    internal int Count => _headers.Count;

    internal IReadOnlyList<BlockTreeNode> Headers => _headers;

    internal void Take(BlockTreeNode node)
    {
        node.Budget = this;
        _headers.Add(node);
    }

    internal void Release(BlockTreeNode node)
    {
        node.Budget = null;
        _headers.Remove(node);
    }

    /// <summary>The lightest header here that nothing builds on, beside <paramref name="spared"/>.</summary>
    internal BlockTreeNode? LightestTip(BlockTreeNode? spared)
    {
        BlockTreeNode? lightest = null;
        foreach (BlockTreeNode node in _headers)
        {
            if (node.FirstChild is null
                && !ReferenceEquals(node, spared)
                && (lightest is null || node.Weight < lightest.Weight))
            {
                lightest = node;
            }
        }

        return lightest;
    }
}
