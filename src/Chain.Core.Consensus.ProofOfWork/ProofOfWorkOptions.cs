namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>The rules of a chain with proof of work. Those marked <em>consensus</em> must be the same at every node.</summary>
public sealed record ProofOfWorkOptions
{
    /// <summary>Consensus: the time from block to block that is aimed at.</summary>
    /// <value>Ten seconds by default; at least one millisecond.</value>
    public TimeSpan TargetSpacing { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Consensus: the easiest target.</summary>
    /// <value><c>0x1f00ffff</c> by default: 65,536 hashes a block.</value>
    public CompactTarget TargetLimit { get; init; } = new(0x1F00_FFFF);

    /// <summary>Consensus: the target of the first blocks; also what genesis carries.</summary>
    /// <value>Null by default, for <see cref="TargetLimit"/>; not above it.</value>
    public CompactTarget? InitialTarget { get; init; }

    /// <summary>Consensus: how targets follow.</summary>
    /// <value>Null by default, for <see cref="AsertRetarget"/> with <see cref="HalfLife"/>. Its times are in milliseconds.</value>
    public IRetargetRule? Retarget { get; init; }

    /// <summary>Consensus: how far off schedule halves or doubles the target, where <see cref="Retarget"/> is null.</summary>
    /// <value>Null by default, for 60 × <see cref="TargetSpacing"/>; at least one millisecond.</value>
    public TimeSpan? HalfLife { get; init; }

    /// <summary>Consensus: what work is.</summary>
    /// <value><see cref="Sha256dWork"/> by default.</value>
    public IWorkFunction Work { get; init; } = new Sha256dWork();

    /// <summary>Consensus: a block's time must be above the median of so many before it.</summary>
    /// <value>11 by default; 1 to 101, and odd.</value>
    public int MedianTimeBlocks { get; init; } = 11;

    /// <summary>How far ahead of this node's clock a block's time may be. A block beyond it can become valid later.</summary>
    /// <value>Two hours by default; not negative.</value>
    public TimeSpan FutureLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How many blocks deep a block is marked as safe.</summary>
    /// <value>6 by default; not negative.</value>
    public int SafeDepth { get; init; } = 6;

    /// <summary>How many nonces a slice of the search tries.</summary>
    /// <value>32,768 by default, a few milliseconds of one core; at least 1.</value>
    public int SliceNonces { get; init; } = 32_768;

    /// <summary>How often a miner asks for a new proposal, to take in transactions and move the time.</summary>
    /// <value>Five seconds by default; positive.</value>
    public TimeSpan RebuildInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TargetSpacing, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(HalfLife ?? TargetSpacing, TimeSpan.FromMilliseconds(1), nameof(HalfLife));
        ArgumentNullException.ThrowIfNull(Work);
        ArgumentOutOfRangeException.ThrowIfLessThan(MedianTimeBlocks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MedianTimeBlocks, 101);
        ArgumentOutOfRangeException.ThrowIfZero(MedianTimeBlocks % 2, nameof(MedianTimeBlocks));
        ArgumentOutOfRangeException.ThrowIfLessThan(FutureLimit, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(SafeDepth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SliceNonces);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RebuildInterval, TimeSpan.Zero);
        if (!TargetLimit.TryExpand(out UInt256 limit))
        {
            throw new ArgumentException($"{TargetLimit} is no target.", nameof(TargetLimit));
        }

        if (InitialTarget is CompactTarget initial && (!initial.TryExpand(out UInt256 target) || target > limit))
        {
            throw new ArgumentException($"{initial} is no target, or above the limit.", nameof(InitialTarget));
        }
    }
}
