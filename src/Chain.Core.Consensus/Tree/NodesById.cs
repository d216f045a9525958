using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>Finds a node of a tree by the id of its block, which a table of nodes so need not hold once more.</summary>
internal sealed class NodesById : IEqualityComparer<BlockTreeNode>, IAlternateEqualityComparer<BlockId, BlockTreeNode>
{
    public bool Equals(BlockTreeNode? x, BlockTreeNode? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Id == y.Id);

    public int GetHashCode(BlockTreeNode obj) => obj.Id.GetHashCode();

    public bool Equals(BlockId alternate, BlockTreeNode other) => other.Id == alternate;

    public int GetHashCode(BlockId alternate) => alternate.GetHashCode();

    BlockTreeNode IAlternateEqualityComparer<BlockId, BlockTreeNode>.Create(BlockId alternate) =>
        throw new NotSupportedException("A node is more than its id.");
}
