using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>The ancestors of a header that is not in the tree yet.</summary>
internal sealed class ChildAncestors : IAncestors
{
    private readonly BlockTreeNode _parent;

    // The head's chain by height, where the parent is the head: nothing is walked. It holds until the head moves.
    private readonly List<BlockTreeNode>? _chain;

    // Rules mostly walk back one by one.
    private BlockTreeNode _last;

    internal ChildAncestors(BlockTreeNode parent, List<BlockTreeNode>? chain = null)
    {
        _parent = parent;
        _last = parent;
        _chain = chain;
    }

    public bool TryGet(ulong distance, [NotNullWhen(true)] out BlockHeader? ancestor)
    {
        ancestor = null;
        ulong newest = _parent.Height.Value;
        if (distance == 0 || distance - 1 > newest)
        {
            return false;
        }

        var height = new BlockHeight(newest - (distance - 1));
        if (_chain is not null)
        {
            ancestor = _chain[(int)height.Value].Header;
            return true;
        }

        BlockTreeNode start = _last.Height >= height ? _last : _parent;
        if (start.AncestorAt(height) is not BlockTreeNode node)
        {
            return false;
        }

        _last = node;
        ancestor = node.Header;
        return true;
    }
}
