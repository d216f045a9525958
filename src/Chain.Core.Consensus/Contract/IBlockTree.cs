using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>What an engine may read of the chain service's block tree.</summary>
public interface IBlockTree
{
    /// <summary>The block that the chain's state follows.</summary>
    BlockTreeNode Head { get; }

    /// <summary>The newest block that can never be undone; genesis at first.</summary>
    BlockTreeNode Finalized { get; }

    /// <summary>The heaviest block not known to be invalid, judged or not; among equals the first seen.</summary>
    BlockTreeNode Heaviest { get; }

    /// <summary>The node of a block whose header is in the tree.</summary>
    bool TryGet(BlockId id, [NotNullWhen(true)] out BlockTreeNode? node);
}
