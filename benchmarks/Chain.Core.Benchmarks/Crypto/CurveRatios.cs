using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>The figures of secp256k1 and of the verifiable random function.</summary>
internal static class CurveRatios
{
    private const string Named = "BouncyCastle, curve by SEC name, keys decoded beforehand";
    private const string Custom = "BouncyCastle, its custom curve, keys decoded beforehand";

    public static IReadOnlyList<RatioCase> All { get; } =
    [
        Secp("secp256k1-ecdsa-verify", Named, 6, () => SecpContests.Ecdsa(SecpContests.NamedCurve)),
        Secp("secp256k1-ecdsa-verify-custom", Custom, 2, () => SecpContests.Ecdsa(SecpContests.CustomCurve)),
        Secp("schnorr-verify", Named, 6, () => SecpContests.Schnorr(SecpContests.NamedCurve)),
        Secp("schnorr-verify-custom", Custom, 2, () => SecpContests.Schnorr(SecpContests.CustomCurve)),
    ];

    private static RatioCase Secp(string name, string peer, double target, Func<Contest> prepare) => new()
    {
        Name = name,
        Peer = peer,
        Unit = "signatures",
        UnitsPerCall = SecpContests.Claims,
        Target = RatioTarget.AtLeast(target),
        Prepare = prepare,
    };
}
