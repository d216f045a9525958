namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>Asks every path of this machine for its verdicts and insists that they agree.</summary>
internal static class Ed25519Paths
{
    public static IEnumerable<CryptoPath> Supported { get; } =
        Enum.GetValues<CryptoPath>().Where(path => path != CryptoPath.Auto && path.IsSupported()).ToArray();

    /// <summary>The verdicts on <paramref name="claims"/>, the same on every path, many at once and one at a time.</summary>
    public static bool[] Verdicts(SignatureClaim[] claims)
    {
        bool[] single = claims
            .Select(claim => Ed25519.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span))
            .ToArray();
        for (int i = 0; i < claims.Length; i++)
        {
            (ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature) = claims[i];
            Assert.True(
                single[i] == Ed25519Equation.Holds(key.Span, message.Span, signature.Span), $"one, portable: {Describe(claims[i])}");
            Assert.True(
                !CryptoPath.Avx2.IsSupported() || single[i] == QuadVerifier.Holds(key.Span, message.Span, signature.Span),
                $"one, AVX2: {Describe(claims[i])}");
        }

        Ed25519KeyCache all = CacheOf(claims, every: 1);
        Ed25519KeyCache some = CacheOf(claims, every: 3);
        foreach (CryptoPath path in Supported)
        {
            foreach (Ed25519KeyCache? cache in new[] { null, all, some })
            {
                var many = new bool[claims.Length];
                Ed25519.VerifyMany(claims, many, path, cache);
                for (int i = 0; i < claims.Length; i++)
                {
                    Assert.True(
                        single[i] == many[i], $"{path} with {cache?.Count ?? 0} keys says {many[i]} of {Describe(claims[i])}");
                }
            }
        }

        return single;
    }

    private static Ed25519KeyCache CacheOf(SignatureClaim[] claims, int every)
    {
        var cache = new Ed25519KeyCache(Math.Max(1, claims.Length));
        for (int i = 0; i < claims.Length; i += every)
        {
            cache.TryAdd(claims[i].PublicKey.Span);
        }

        return cache;
    }

    public static void Expect(IReadOnlyList<(SignatureClaim Claim, bool Valid)> cases)
    {
        bool[] verdicts = Verdicts(cases.Select(c => c.Claim).ToArray());
        for (int i = 0; i < verdicts.Length; i++)
        {
            Assert.True(cases[i].Valid == verdicts[i], $"{verdicts[i]} for case {i}: {Describe(cases[i].Claim)}");
        }
    }

    public static SignatureClaim Claim(string publicKey, string message, string signature) => new(
        Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(signature));

    private static string Describe(SignatureClaim claim) =>
        $"key {Convert.ToHexString(claim.PublicKey.Span)}, signature {Convert.ToHexString(claim.Signature.Span)}, "
        + $"message {Convert.ToHexString(claim.Message.Span[..Math.Min(64, claim.Message.Length)])}";
}
