using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>The figures of secp256k1 and of the verifiable random function.</summary>
internal static class CurveRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "secp256k1-ecdsa-verify",
            Peer = "BouncyCastle, one at a time, keys decoded beforehand",
            Unit = "signatures",
            UnitsPerCall = SecpContests.Claims,
            Target = RatioTarget.AtLeast(6),
            Prepare = SecpContests.Ecdsa,
        },
        new()
        {
            Name = "schnorr-verify",
            Peer = "BouncyCastle's points (it has no BIP-340), one at a time, keys decoded beforehand",
            Unit = "signatures",
            UnitsPerCall = SecpContests.Claims,
            Target = RatioTarget.AtLeast(6),
            Prepare = SecpContests.Schnorr,
        },
    ];
}
