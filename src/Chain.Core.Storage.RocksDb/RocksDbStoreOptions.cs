namespace Chain.Core.Storage.RocksDb;

/// <summary>How a <see cref="RocksDbStore"/> is opened.</summary>
public sealed record RocksDbStoreOptions
{
    /// <summary>The smallest <see cref="MemoryBudget"/> in bytes: 1 MiB.</summary>
    public const long MinMemoryBudget = 1 << 20;

    /// <summary>Native memory in bytes for cached blocks and for writes that are not in a table yet, half each.</summary>
    /// <value>16 MiB by default, which lets several nodes share a laptop; at least <see cref="MinMemoryBudget"/>.</value>
    public long MemoryBudget { get; init; } = 16 << 20;

    /// <summary>The most files that the store keeps open; each costs a descriptor.</summary>
    /// <value>256 by default; at least 16.</value>
    public int MaxOpenFiles { get; init; } = 256;

    /// <summary>Whether tables are compressed with LZ4.</summary>
    /// <value>True by default.</value>
    public bool Compress { get; init; } = true;

    /// <summary>Whether a store that is not there is created; otherwise opening fails with <see cref="StorageFault.Missing"/>.</summary>
    /// <value>True by default.</value>
    public bool CreateIfMissing { get; init; } = true;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MemoryBudget, MinMemoryBudget, nameof(MemoryBudget));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOpenFiles, 16, nameof(MaxOpenFiles));
    }
}
