using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Laboratory;
using Chain.Core.Benchmarks.Ledger;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.ProofOfStake;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Benchmarks.Rpc;
using Chain.Core.Benchmarks.Storage;
using Chain.Core.Benchmarks.Wire;

namespace Chain.Core.Benchmarks;

/// <summary>Every ratio that has a target, in the order in which it is printed.</summary>
internal static class RatioCatalog
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        .. CryptoRatios.All,
        .. Ed25519Ratios.All,
        .. HashingRatios.All,
        .. CurveRatios.All,
        .. WireRatios.All,
        .. LedgerRatios.All,
        .. StorageRatios.All,
        .. NetworkRatios.All,
        .. ProofOfStakeRatios.All,
        .. RpcRatios.All,
        .. LaboratoryRatios.All,
    ];
}
