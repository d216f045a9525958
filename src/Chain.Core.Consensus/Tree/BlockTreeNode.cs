using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>A header in the block tree, with what the tree knows of it. Made and changed by <see cref="BlockTree"/> alone.</summary>
public sealed class BlockTreeNode
{
    // The ancestor that Myers' skew-binary jumps lead to: every ancestor is O(log n) steps away, one reference a node.
    private readonly BlockTreeNode _jump;

    // Null once it was forgotten: it is the largest part of a node, and only new blocks are built upon.
    private HeaderHistory? _history;

    internal BlockTreeNode(WeighedHeader weighed, BlockTreeNode? parent, ulong sequence, HeaderHistory? history = null)
    {
        Weighed = weighed;
        Parent = parent;
        Sequence = sequence;
        _history = history ?? new HeaderHistory((parent?.History ?? MmrPeaks.Empty).Append(HistoryLeaf.Hash(weighed.Header.Id, weighed.Weight)));
        _jump = parent is null ? this
            : parent.Height.Value - parent._jump.Height.Value == parent._jump.Height.Value - parent._jump._jump.Height.Value
                ? parent._jump._jump
                : parent;
    }

    /// <summary>The header.</summary>
    public BlockHeader Header => Weighed.Header;

    /// <summary>The node of the block before; null for the root of the tree.</summary>
    public BlockTreeNode? Parent { get; }

    /// <inheritdoc cref="BlockHeader.Id"/>
    public BlockId Id => Header.Id;

    /// <inheritdoc cref="BlockHeader.Height"/>
    public BlockHeight Height => Header.Height;

    /// <summary>The weight of the chain up to and with this block; genesis counts 0.</summary>
    public UInt256 Weight => Weighed.Weight;

    /// <summary>The range over the headers of the chain up to and with this one; a leaf is <see cref="HistoryLeaf"/>.</summary>
    public MmrPeaks History => KeptHistory.Peaks;

    /// <summary>The history root that the header of a child must carry.</summary>
    public Hash256 HistoryRootForChild => KeptHistory.Root;

    /// <summary>What is known of the block.</summary>
    public BlockStatus Status { get; internal set; }

    internal WeighedHeader Weighed { get; }

    internal HeaderHistory KeptHistory => _history ??= FindHistory();

    // In the order of arrival: among equally heavy blocks the first seen wins.
    internal ulong Sequence { get; }

    internal BlockTreeNode? FirstChild { get; private set; }

    internal BlockTreeNode? NextSibling { get; private set; }

    // Whose budget the header counts against, where it counts at all.
    internal HeaderBudget? Budget { get; set; }

    internal bool HasLiveChild
    {
        get
        {
            for (BlockTreeNode? child = FirstChild; child is not null; child = child.NextSibling)
            {
                if (child.Status != BlockStatus.Invalid)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The block of this chain at <paramref name="height"/>, this one included; null above it and below the root.</summary>
    public BlockTreeNode? AncestorAt(BlockHeight height)
    {
        if (height > Height)
        {
            return null;
        }

        BlockTreeNode node = this;
        while (node.Height > height)
        {
            BlockTreeNode? next = node._jump.Height >= height ? node._jump : node.Parent;
            if (next is null || ReferenceEquals(next, node))
            {
                return null;
            }

            node = next;
        }

        return node;
    }

    /// <summary>Whether this is <paramref name="other"/> or one of its ancestors.</summary>
    public bool IsOnChainOf(BlockTreeNode other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(other.AncestorAt(Height), this);
    }

    /// <summary>The newest block that two chains have in common; null where they belong to different trees.</summary>
    public static BlockTreeNode? CommonAncestor(BlockTreeNode left, BlockTreeNode right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        BlockHeight lower = left.Height < right.Height ? left.Height : right.Height;
        BlockTreeNode? a = left.AncestorAt(lower);
        BlockTreeNode? b = right.AncestorAt(lower);
        while (a is not null && b is not null && !ReferenceEquals(a, b))
        {
            if (a.Parent is null)
            {
                return null;
            }

            // Jumps depend on the height alone, so the two walk in step.
            (a, b) = ReferenceEquals(a._jump, b._jump) ? (a.Parent, b.Parent) : (a._jump, b._jump);
        }

        return a is null || b is null ? null : a;
    }

    /// <summary>The ancestors of a child of this block: distance 1 is this block.</summary>
    public IAncestors AncestorsOfChild() => new ChildAncestors(this);

    /// <summary>Lets the range over the headers go; it is found again from those of the blocks before.</summary>
    internal void ForgetHistory() => _history = null;

    private HeaderHistory FindHistory()
    {
        var forgotten = new Stack<BlockTreeNode>();
        BlockTreeNode? known = this;
        while (known is { _history: null })
        {
            forgotten.Push(known);
            known = known.Parent;
        }

        MmrPeaks history = known?._history?.Peaks ?? MmrPeaks.Empty;
        foreach (BlockTreeNode node in forgotten)
        {
            history = history.Append(HistoryLeaf.Hash(node.Id, node.Weight));
        }

        return new HeaderHistory(history);
    }

    internal void AddChild(BlockTreeNode child)
    {
        child.NextSibling = FirstChild;
        FirstChild = child;
    }

    internal void RemoveChild(BlockTreeNode child)
    {
        if (ReferenceEquals(FirstChild, child))
        {
            FirstChild = child.NextSibling;
            return;
        }

        for (BlockTreeNode? node = FirstChild; node is not null; node = node.NextSibling)
        {
            if (ReferenceEquals(node.NextSibling, child))
            {
                node.NextSibling = child.NextSibling;
                return;
            }
        }
    }

    /// <summary>This node and all that descend from it, parents before children.</summary>
    internal List<BlockTreeNode> Subtree()
    {
        List<BlockTreeNode> nodes = [this];
        for (int i = 0; i < nodes.Count; i++)
        {
            for (BlockTreeNode? child = nodes[i].FirstChild; child is not null; child = child.NextSibling)
            {
                nodes.Add(child);
            }
        }

        return nodes;
    }
}
