namespace Chain.Core.Rpc.Client;

/// <summary>What happened to the chain.</summary>
public enum ChainEventKind
{
    /// <summary>A block joined the head's chain.</summary>
    Added,

    /// <summary>A block left it; others follow in its place.</summary>
    Removed,

    /// <summary>A block and all before it can never be undone.</summary>
    Finalized,

    /// <summary>
    /// The reader fell so far behind that the server no longer has every event. What follows leads from the block that the
    /// reader knows to the head; branches that came and went meanwhile are left out.
    /// </summary>
    Lagged,
}
