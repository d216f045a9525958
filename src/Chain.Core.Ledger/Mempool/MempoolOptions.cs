namespace Chain.Core.Ledger;

/// <summary>What the mempool may hold and asks for. These are a node's own choices, not rules of the chain. Immutable.</summary>
public sealed record MempoolOptions
{
    /// <summary>Most transactions that wait.</summary>
    /// <value>100,000 by default; must be positive.</value>
    public int MaxTransactions { get; init; } = 100_000;

    /// <summary>Most memory of the transactions that wait, each counted with <see cref="TransactionOverhead"/>.</summary>
    /// <value>In bytes; 128 MiB by default; must hold at least one of the largest transactions.</value>
    public long MaxBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Most transactions of one sender that wait.</summary>
    /// <value>64 by default; must be positive.</value>
    public int MaxPerSender { get; init; } = 64;

    /// <summary>Most nonces that may be missing before a transaction of a sender.</summary>
    /// <value>16 by default; 0 takes transactions in order only.</value>
    public int MaxNonceGap { get; init; } = 16;

    /// <summary>Least fee for each 1,000 bytes of a transaction.</summary>
    /// <value>In the smallest unit of the coin; 0 by default.</value>
    public ulong MinFeePerKilobyte { get; init; }

    /// <summary>How much more a replacement must pay than what it replaces.</summary>
    /// <value>In percent; 10 by default; at least 1 unit more in any case.</value>
    public uint ReplacementPercent { get; init; } = 10;

    /// <summary>Most transactions whose admission has not been decided.</summary>
    /// <value>8,192 by default; must be positive.</value>
    public int MaxUndecided { get; init; } = 8_192;

    /// <summary>Most bytes of the transactions whose admission has not been decided.</summary>
    /// <value>In bytes; 8 MiB by default; must hold at least one of the largest transactions.</value>
    public long MaxUndecidedBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Most transactions that one job checks, so that a job stays short.</summary>
    /// <value>512 by default; must be positive.</value>
    public int AdmissionBatch { get; init; } = 512;

    /// <summary>How many ids are remembered of transactions that were refused for good or are in a block already.</summary>
    /// <value>65,536 by default; must be positive.</value>
    public int RecentIds { get; init; } = 65_536;

    /// <summary>How long a transaction may wait.</summary>
    /// <value>Three hours by default; must be positive.</value>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(3);

    /// <summary>How often transactions that waited too long are looked for.</summary>
    /// <value>One minute by default; must be positive.</value>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the transactions that wait are kept in the store, so that a restart brings them back.</summary>
    /// <value>True by default.</value>
    public bool IsKept { get; init; } = true;

    /// <summary>
    /// How long a transaction waits before it is kept: most are in a block by then and are never written. What came
    /// within this time is lost where the node is killed; a node that stops in order loses nothing.
    /// </summary>
    /// <value>One second by default; must be positive.</value>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a waiting transaction takes beside its bytes: its decoded form and its places in the indexes.</summary>
    public const int TransactionOverhead = 1_100;

    /// <summary>A planted fault, for tests: who came first with transactions that wait for others is never displaced by such ones.</summary>
    internal bool KeepsFirstOrphans { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxTransactions);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, Wire.WireLimits.TransactionBytes + TransactionOverhead);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPerSender);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxNonceGap);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxUndecided);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUndecidedBytes, Wire.WireLimits.TransactionBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(AdmissionBatch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RecentIds);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxAge, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SweepInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SaveInterval, TimeSpan.Zero);
    }
}
