using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>The figures of whole nodes with proof of stake: CPU time of all threads.</summary>
internal static class StakeNodeRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "pos-throughput",
            Peer = "libsodium (NSec) checking each transaction four times",
            Unit = "transactions",
            UnitsPerCall = StakeThroughputContest.Transactions,
            Target = RatioTarget.AtLeast(0.8),
            WholeProcess = true,
            Prepare = StakeThroughputContest.Prepare,
        },
    ];
}
