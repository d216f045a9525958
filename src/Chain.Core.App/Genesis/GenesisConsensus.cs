namespace Chain.Core.App.Genesis;

/// <summary>The engine of a chain and its rules; what is null has the engine's default.</summary>
internal sealed record GenesisConsensus
{
    /// <summary><c>pow</c>, <c>pos</c> or <c>dev</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>pow: the time from block to block that is aimed at.</summary>
    public int? SpacingMilliseconds { get; init; }

    /// <summary>pow: the easiest target, compact, such as <c>0x1f00ffff</c>.</summary>
    public string? TargetLimit { get; init; }

    /// <summary>pos: blocks of an epoch.</summary>
    public uint? EpochBlocks { get; init; }

    /// <summary>pos: how long a leader rests before it proposes.</summary>
    public int? BlockPauseMilliseconds { get; init; }

    /// <summary>pos: the shortest time before a view is given up.</summary>
    public int? ViewTimeoutMilliseconds { get; init; }

    /// <summary>dev: how often a block is made whether transactions wait or not.</summary>
    public int? IntervalMilliseconds { get; init; }
}
