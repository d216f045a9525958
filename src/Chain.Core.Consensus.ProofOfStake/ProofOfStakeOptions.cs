namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>The rules of a chain with proof of stake. Those marked <em>consensus</em> must be the same at every node.</summary>
public sealed record ProofOfStakeOptions
{
    /// <summary>
    /// Consensus: who votes in the first epoch, and after it until the state names others. An engine may be made on another block
    /// than genesis, which then is its genesis: a chain can be handed to it at a height (samples/Handover).
    /// </summary>
    /// <value>Has no default; 1 to <see cref="StakeLimits.Validators"/> validators with Ed25519 keys, in ascending order of keys.</value>
    public required ValidatorSet Validators { get; init; }

    /// <summary>Consensus: how many blocks an epoch has. Validators and the seed of leaders change between epochs only.</summary>
    /// <value>3,600 by default; at least 1.</value>
    public ulong EpochBlocks { get; init; } = 3_600;

    /// <summary>The shortest time that a view may take before it is given up: three message delays of a good network.</summary>
    /// <value>One second by default; positive.</value>
    public TimeSpan ViewTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the time of a view never grows beyond, however bad the network.</summary>
    /// <value>One minute by default; at least <see cref="ViewTimeout"/>.</value>
    public TimeSpan MaxViewTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a leader rests before it proposes, so that an idle network does not fill disks with empty blocks. A block
    /// comes every two message delays and this.
    /// </summary>
    /// <value>Zero by default; not negative, and less than <see cref="ViewTimeout"/>.</value>
    public TimeSpan BlockPause { get; init; }

    /// <summary>How often a node that is stuck in a view repeats its votes and says where it is.</summary>
    /// <value>One second by default; positive.</value>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long votes wait for others, to be verified together, where they cannot make a quorum yet. Votes that can are
    /// verified at once.
    /// </summary>
    /// <value>Five milliseconds by default; not negative.</value>
    public TimeSpan VoteBatchDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether a node passes on the votes of others that it verified and that are not in a certificate yet.</summary>
    /// <value>True by default. False saves messages where every validator is connected to every other.</value>
    public bool RelaysVotes { get; init; } = true;

    /// <summary>A leader of whom nothing was heard in so many views is not waited for.</summary>
    /// <value>8 by default; at least 1.</value>
    public int SkipViews { get; init; } = 8;

    /// <summary>How far ahead of this node's clock a block's time may be. A block beyond it can become valid later.</summary>
    /// <value>Ten seconds by default; not negative.</value>
    public TimeSpan FutureLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Validators);
        ArgumentOutOfRangeException.ThrowIfZero(EpochBlocks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(EpochBlocks, uint.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ViewTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxViewTimeout, ViewTimeout);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(BlockPause, ViewTimeout);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RepeatInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(VoteBatchDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SkipViews);
        ArgumentOutOfRangeException.ThrowIfLessThan(FutureLimit, TimeSpan.Zero);
    }
}
