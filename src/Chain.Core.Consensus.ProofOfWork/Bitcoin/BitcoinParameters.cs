namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>The numbers of a network under Bitcoin's header rules.</summary>
public sealed record BitcoinParameters
{
    /// <summary>The main network.</summary>
    public static BitcoinParameters Mainnet { get; } = new();

    /// <summary>The easiest target.</summary>
    /// <value><c>0x1d00ffff</c> by default.</value>
    public CompactTarget TargetLimit { get; init; } = new(0x1D00_FFFF);

    /// <summary>Seconds from block to block.</summary>
    /// <value>600 by default; positive.</value>
    public int Spacing { get; init; } = 600;

    /// <summary>Blocks from one change of the target to the next.</summary>
    /// <value>2,016 by default; at least 2.</value>
    public int Interval { get; init; } = 2016;
}
