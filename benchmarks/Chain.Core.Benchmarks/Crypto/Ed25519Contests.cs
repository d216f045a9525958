using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Crypto;

/// <summary>Ed25519 verification of 256 messages of 200 bytes, each under a key of its own.</summary>
internal static class Ed25519Contests
{
    /// <summary>Signatures per call.</summary>
    public const int Claims = 256;

    /// <summary>Votes in a certificate.</summary>
    public const int Votes = 100;

    /// <summary>One call of <see cref="Ed25519.Verify"/> for each signature.</summary>
    public static Contest VerifyOne() => Against(static (claims, verdicts) =>
    {
        for (int i = 0; i < claims.Length; i++)
        {
            verdicts[i] = Ed25519.Verify(claims[i].PublicKey.Span, claims[i].Message.Span, claims[i].Signature.Span);
        }
    });

    /// <summary>One call for all, with an exact verdict each.</summary>
    public static Contest VerifyMany() =>
        Against(static (claims, verdicts) => Ed25519.Scheme.VerifyMany(claims, verdicts));

    /// <summary>As <see cref="VerifyMany"/>, with a table for every key.</summary>
    public static Contest VerifyManyKnown()
    {
        SignatureClaim[] valid = SignedMessages.Make(Claims);
        Ed25519KeyCache cache = CacheOf(valid);
        return Against(valid, (claims, verdicts) => Ed25519.VerifyMany(claims, verdicts, cache));
    }

    /// <summary>One call for each signature, with a table for every key.</summary>
    public static Contest VerifyOneKnown()
    {
        SignatureClaim[] valid = SignedMessages.Make(Claims);
        Ed25519KeyCache cache = CacheOf(valid);
        return Against(valid, (claims, verdicts) =>
        {
            for (int i = 0; i < claims.Length; i++)
            {
                Ed25519.VerifyMany(claims.AsSpan(i, 1), verdicts.AsSpan(i, 1), cache);
            }
        });
    }

    /// <summary>One message signed by many, all votes in one call. Validators are known.</summary>
    public static Contest Certificate()
    {
        SignatureClaim[] valid = SignedMessages.MakeVotes(Votes);
        Ed25519KeyCache cache = CacheOf(valid);
        return Against(valid, (claims, verdicts) => Ed25519.VerifyMany(claims, verdicts, cache));
    }

    /// <summary>The same by a node that has never seen the validators.</summary>
    public static Contest CertificateOfUnknownKeys() => Against(
        SignedMessages.MakeVotes(Votes), static (claims, verdicts) => Ed25519.VerifyMany(claims, verdicts));

    private static Ed25519KeyCache CacheOf(SignatureClaim[] claims)
    {
        var cache = new Ed25519KeyCache(claims.Length);
        foreach (SignatureClaim claim in claims)
        {
            cache.TryAdd(claim.PublicKey.Span);
        }

        return cache;
    }

    private static Contest Against(Action<SignatureClaim[], bool[]> verify) =>
        Against(SignedMessages.Make(Claims), verify);

    private static Contest Against(SignatureClaim[] valid, Action<SignatureClaim[], bool[]> verify)
    {
        var verdicts = new bool[valid.Length];
        var peer = new SodiumVerifier(valid);
        return new Contest(
            () => RequireAll(verdicts, () => verify(valid, verdicts)),
            () => RequireAll(verdicts, () => peer.Verify(verdicts)),
            () => FindDisagreement(verify, SignedMessages.SpoilEveryThird(valid)));
    }

    private static string? FindDisagreement(Action<SignatureClaim[], bool[]> verify, SignatureClaim[] claims)
    {
        var ours = new bool[claims.Length];
        var peers = new bool[claims.Length];
        verify(claims, ours);
        new SodiumVerifier(claims).Verify(peers);
        int first = Enumerable.Range(0, claims.Length).FirstOrDefault(i => ours[i] != peers[i] || ours[i] == (i % 3 == 0), -1);
        return first < 0 ? null : $"signature {first}: {ours[first]} against {peers[first]}";
    }

    private static void RequireAll(bool[] verdicts, Action verify)
    {
        Array.Clear(verdicts);
        verify();
        if (verdicts.AsSpan().Contains(false))
        {
            throw new InvalidOperationException("A valid signature was rejected.");
        }
    }
}
