namespace Chain.Core.Rpc;

/// <summary>What a block is named by.</summary>
internal enum BlockMark
{
    /// <summary>The head.</summary>
    Head,

    /// <summary>The newest block that can never be undone.</summary>
    Finalized,

    /// <summary>A height on the head's chain.</summary>
    Height,

    /// <summary>Its id.</summary>
    Id,
}
