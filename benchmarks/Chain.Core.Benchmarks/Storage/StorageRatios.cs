using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Storage;

/// <summary>The figures of the state on disk.</summary>
internal static class StorageRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "state-commit-100k",
            Peer = "plain RocksDB batches; both durable, 1,000 of 1 M keys at a time, ours with a root each time",
            Unit = "keys",
            UnitsPerCall = StorageContests.Updates,
            Target = RatioTarget.AtLeast(0.5),
            OneCore = false,
            IsSlow = true,
            Prepare = StorageContests.Commit,
        },
        new()
        {
            Name = "restart-1M-accounts",
            Peer = "opening RocksDB alone",
            Unit = "starts",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(2),
            OneCore = false,
            IsSlow = true,
            Prepare = StorageContests.Restart,
        },
    ];
}
