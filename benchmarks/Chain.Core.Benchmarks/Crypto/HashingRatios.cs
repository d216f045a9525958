using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>The figures of many-lane SHA-256.</summary>
internal static class HashingRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "sha256-many-64",
            Peer = "SHA256.HashData, one message at a time",
            Unit = "messages",
            UnitsPerCall = HashingContests.Messages,
            Target = RatioTarget.AtLeast(avx512: 10, avx2: 5, portable: 1),
            Prepare = HashingContests.Many64,
        },
        new()
        {
            Name = "pow-search",
            Peer = "SHA256.HashData twice, one nonce at a time",
            Unit = "nonces",
            UnitsPerCall = HashingContests.Nonces,
            Target = RatioTarget.AtLeast(avx512: 12, avx2: 6, portable: 1),
            Prepare = HashingContests.NonceSearch,
        },
    ];
}
