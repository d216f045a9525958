namespace Chain.Core.Rpc;

/// <summary>What happened to the head's chain.</summary>
internal enum ChainEventKind
{
    /// <summary>A block joined it.</summary>
    Added,

    /// <summary>A block left it.</summary>
    Removed,

    /// <summary>A block and all before it can never be undone.</summary>
    Finalized,
}
