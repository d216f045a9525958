using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks;

/// <summary>Every ratio, layer by layer, in the order in which they are printed.</summary>
internal static class RatioCatalog
{
    public static IReadOnlyList<RatioCase> All { get; } =
        [.. CryptoRatios.All, .. Ed25519Ratios.All, .. HashingRatios.All, .. CurveRatios.All, .. NetworkRatios.All];
}
