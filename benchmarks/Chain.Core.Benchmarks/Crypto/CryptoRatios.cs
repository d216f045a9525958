using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>The figures of Chain.Core.Crypto.</summary>
internal static class CryptoRatios
{
    private const string Libsodium = "libsodium (NSec), one at a time";

    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "ed25519-verify-one",
            Peer = Libsodium,
            Unit = "signatures",
            UnitsPerCall = Ed25519Contests.Claims,
            Target = RatioTarget.AtLeast(1.3),
            Prepare = Ed25519Contests.VerifyOne,
        },
        new()
        {
            Name = "ed25519-verify-many-256",
            Peer = Libsodium,
            Unit = "signatures",
            UnitsPerCall = Ed25519Contests.Claims,
            Target = RatioTarget.AtLeast(avx512: 7, avx2: 3, portable: 1),
            Prepare = Ed25519Contests.VerifyMany,
        },
        new()
        {
            Name = "merkle-root-10000",
            Peer = "SHA256.HashData, one node at a time",
            Unit = "roots",
            UnitsPerCall = 1,
            Target = RatioTarget.AtLeast(9),
            Prepare = MerkleContests.Root,
        },
    ];
}
