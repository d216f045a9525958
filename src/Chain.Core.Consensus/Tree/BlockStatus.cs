namespace Chain.Core.Consensus;

/// <summary>What is known of a block in the tree.</summary>
public enum BlockStatus
{
    /// <summary>The header is valid; the block was not judged yet.</summary>
    HeaderOnly = 0,

    /// <summary>The block and all its ancestors are valid.</summary>
    Valid,

    /// <summary>The block or one of its ancestors is not valid.</summary>
    Invalid,
}
