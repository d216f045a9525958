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
    ];
}
