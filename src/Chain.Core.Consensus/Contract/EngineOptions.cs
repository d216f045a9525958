namespace Chain.Core.Consensus;

/// <summary>What one node's engine does beside following the chain.</summary>
public sealed record EngineOptions
{
    /// <summary>Whether the engine makes blocks.</summary>
    /// <value>False by default: it follows.</value>
    public bool ProducesBlocks { get; init; }

    /// <summary>The key that the host's signer signs with, by which an engine finds itself among the validators.</summary>
    /// <value>Null by default: the node does not sign.</value>
    public ValidatorKey? Signer { get; init; }

    /// <summary>Where the search for seals starts, so that two miners do not walk the same nonces.</summary>
    /// <value>0 by default.</value>
    public ulong SearchStart { get; init; }

    /// <summary>How many slices of a search for a seal run side by side.</summary>
    /// <value>1 by default; at least 1. The number of cores that may be given to the search.</value>
    public int SearchLanes { get; init; } = 1;

    /// <summary>How long a search for a seal rests between two slices, to leave the cores to others.</summary>
    /// <value>Zero by default: it does not rest.</value>
    public TimeSpan SearchPause { get; init; }
}
