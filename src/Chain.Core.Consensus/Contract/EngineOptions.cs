namespace Chain.Core.Consensus;

/// <summary>What one node's engine does beside following the chain.</summary>
public sealed record EngineOptions
{
    /// <summary>Whether the engine makes blocks.</summary>
    /// <value>False by default: it follows.</value>
    public bool ProducesBlocks { get; init; }

    /// <summary>Where the search for seals starts, so that two miners do not walk the same nonces.</summary>
    /// <value>0 by default.</value>
    public ulong SearchStart { get; init; }
}
