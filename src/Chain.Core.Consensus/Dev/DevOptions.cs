namespace Chain.Core.Consensus;

/// <summary>When the Dev engine makes a block, beside the command <see cref="DevConsensus.SealCommand"/>.</summary>
public sealed record DevOptions
{
    /// <summary>Whether a block is made as soon as a transaction waits.</summary>
    /// <value>True by default.</value>
    public bool SealsOnTransactions { get; init; } = true;

    /// <summary>How often a block is made whether transactions wait or not; null for never.</summary>
    /// <value>Null by default; positive where it is set.</value>
    public TimeSpan? Interval { get; init; }

    /// <summary>What every seal is; a header with another one is invalid.</summary>
    /// <value>Empty by default; at most <see cref="Wire.WireLimits.SealBytes"/>.</value>
    public ReadOnlyMemory<byte> Seal { get; init; }
}
