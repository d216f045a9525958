using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>
/// End to end on random signatures. This is what finds a missed reduction: it rejects a few valid signatures in a hundred
/// or in a million while every test of the field passes.
/// </summary>
[Trait("Fault", "26")]
public sealed class Ed25519RandomTests(ITestOutputHelper output)
{
    private const int Keys = 64;

    [Fact]
    public void VerifyMany_RandomGoodAndCorrupted_EveryVerdictIsExactOnEveryPath()
    {
        int rounds = LongRun.Count(ordinary: 24, perFactor: 4_000);
        const int Seed = 20260101;
        var random = new Random(Seed);
        foreach (CryptoPath path in Ed25519Paths.Supported)
        {
            for (int round = 0; round < rounds; round++)
            {
                CheckRound(random, path);
            }

            output.WriteLine($"{path}: {rounds * Keys * 4} signatures, seed {Seed}");
        }
    }

    /// <summary>64 signatures by new keys; each as it is, and corrupted three times.</summary>
    private static void CheckRound(Random random, CryptoPath path)
    {
        var claims = new SignatureClaim[4 * Keys];
        var expected = new bool[claims.Length];
        for (int i = 0; i < claims.Length; i += 4)
        {
            int good = i + random.Next(4);
            (claims[good], _) = Ed25519Cases.Signed(random, random.Next(120));
            expected[good] = true;
            for (int j = i; j < i + 4; j++)
            {
                if (j != good)
                {
                    claims[j] = Ed25519Cases.Corrupt(claims[good], random);
                }
            }
        }

        var verdicts = new bool[claims.Length];
        Ed25519.VerifyMany(claims, verdicts, path);
        for (int i = 0; i < claims.Length; i++)
        {
            Assert.True(expected[i] == verdicts[i], $"{path}: {verdicts[i]} for key {Convert.ToHexString(claims[i].PublicKey.Span)}, signature {Convert.ToHexString(claims[i].Signature.Span)}, message {Convert.ToHexString(claims[i].Message.Span)}");
        }
    }
}
