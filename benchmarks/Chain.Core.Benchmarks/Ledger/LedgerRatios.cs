using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>The figures of Chain.Core.Ledger.</summary>
internal static class LedgerRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "block-append",
            Peer = "decode, execution, receipts, state root, write to RocksDB (its own threads not counted); 100 k accounts, signatures known from admission",
            Unit = "transactions",
            UnitsPerCall = AppendContests.Transfers,
            Required = 80_000,
            Target = RatioTarget.AtLeast(1),
            Prepare = AppendContests.Known,
        },
        new()
        {
            Name = "block-append-unseen",
            Peer = "decode, signatures, execution, receipts, state root, write to RocksDB (its own threads not counted); 100 k accounts",
            Unit = "transactions",
            UnitsPerCall = AppendContests.Transfers,
            Required = 50_000,
            Target = RatioTarget.AtLeast(1),
            Prepare = AppendContests.Unseen,
        },
        new()
        {
            Name = "block-verify-10000",
            Peer = "libsodium (NSec) checking the signatures alone, on all cores",
            Unit = "transactions",
            UnitsPerCall = VerifyContests.Transfers,
            Target = RatioTarget.AtLeast(1.5),
            OneCore = false,
            IsSlow = true,
            Prepare = VerifyContests.Block10000,
        },
        new()
        {
            Name = "sync-from-disk",
            Peer = "the same blocks verified from memory",
            Unit = "chains",
            UnitsPerCall = 1,
            Target = RatioTarget.AtLeast(0.8),
            OneCore = false,
            IsSlow = true,
            Prepare = VerifyContests.SyncFromDisk,
        },
        new()
        {
            Name = "block-costliest",
            Peer = "a tenth of the default interval of ten seconds; the slowest of blocks at the default limits, one core, nothing in memory",
            Unit = "blocks",
            UnitsPerCall = 1,
            Required = 1,
            Target = RatioTarget.AtLeast(1),
            IsSlow = true,
            Prepare = CostliestContest.Verify,
        },
        new()
        {
            Name = "state-update-1000-of-100k",
            Peer = "SHA256.HashData of as many nodes, one at a time",
            Unit = "keys",
            UnitsPerCall = StateContests.Updates,
            Target = RatioTarget.AtLeast(4),
            Prepare = StateContests.Update,
        },
        new()
        {
            Name = "state-proof",
            Peer = "32 × (log₂ n + 3); the mean of 1,000 proofs among 100 k keys, the value not counted",
            Unit = "bytes",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(1),
            Prepare = StateContests.ProofSize,
        },
        new()
        {
            Name = "state-proof-verify",
            Peer = "15 µs from the bytes of the proof to the value",
            Unit = "proofs",
            UnitsPerCall = StateContests.Proofs,
            Required = 1e6 / 15,
            Target = RatioTarget.AtLeast(1),
            Prepare = StateContests.VerifyProof,
        },
        new()
        {
            Name = "mempool-admit",
            Peer = "our own VerifyMany of the same signatures; ours from bytes to the pool, distinct senders",
            Unit = "transactions",
            UnitsPerCall = MempoolContests.Transactions,
            Target = RatioTarget.AtLeast(0.7),
            Prepare = MempoolContests.Admit,
        },
        new()
        {
            Name = "mempool-admit-p99",
            Peer = "5 ms of one core for 64 transactions at once, from bytes to the decision; a million of all fees into a pool of 100,000",
            Unit = "µs",
            UnitsPerCall = 1,
            Target = RatioTarget.AtMost(1),
            IsSlow = true,
            Prepare = AdmissionLatency.Measure,
        },
    ];
}
