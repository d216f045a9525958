using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>The figures of Ed25519 for keys that are known beforehand, and for certificates.</summary>
internal static class Ed25519Ratios
{
    private const string Libsodium = "libsodium (NSec), one at a time";

    public static IReadOnlyList<RatioCase> All { get; } =
    [
        new()
        {
            Name = "ed25519-verify-many-256-known-keys",
            Peer = Libsodium,
            Unit = "signatures",
            UnitsPerCall = Ed25519Contests.Claims,
            Target = RatioTarget.AtLeast(avx512: 12, avx2: 5, portable: 1),
            Prepare = Ed25519Contests.VerifyManyKnown,
        },
        new()
        {
            Name = "ed25519-verify-one-known-key",
            Peer = Libsodium,
            Unit = "signatures",
            UnitsPerCall = Ed25519Contests.Claims,
            Target = RatioTarget.AtLeast(avx512: 1.9, avx2: 1.9, portable: 1),
            Prepare = Ed25519Contests.VerifyOneKnown,
        },
        new()
        {
            // A node knows the keys of the validators, so it has their tables.
            Name = "certificate-100",
            Peer = "libsodium (NSec), one at a time; ours with tables of the validators' keys",
            Unit = "votes",
            UnitsPerCall = Ed25519Contests.Votes,
            Target = RatioTarget.AtLeast(avx512: 7, avx2: 3, portable: 1),
            Prepare = Ed25519Contests.Certificate,
        },
        new()
        {
            Name = "certificate-100-unknown-keys",
            Peer = Libsodium,
            Unit = "votes",
            UnitsPerCall = Ed25519Contests.Votes,
            Target = RatioTarget.AtLeast(avx512: 7, avx2: 3, portable: 1),
            Prepare = Ed25519Contests.CertificateOfUnknownKeys,
        },
    ];
}
