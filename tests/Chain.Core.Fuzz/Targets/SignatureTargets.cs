using Chain.Core.Crypto;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>Public keys and signatures. An input is a key, a message and a signature; every path must give one verdict.</summary>
internal static class SignatureTargets
{
    private delegate void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts);

    public static void AddTo(Factories factories)
    {
        factories["crypto.ed25519"] = () => Ed25519Target("crypto.ed25519");
        factories["crypto.ecdsa"] = () => EcdsaTarget("crypto.ecdsa");
        factories["crypto.ecdsa-key"] = () => EcdsaKeyTarget("crypto.ecdsa-key");
        factories["crypto.schnorr"] = () => SchnorrTarget("crypto.schnorr");
        factories["crypto.mldsa65"] = () => MLDsaTarget("crypto.mldsa65");
    }

    private static FuzzTarget Ed25519Target(string name)
    {
        using var key = new Ed25519PrivateKey(Bytes(Ed25519PrivateKey.SeedSize, 1));
        var cache = new Ed25519KeyCache(16);
        cache.TryAdd(key.PublicKey.Span);
        byte[] order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        byte[] prime = Convert.FromHexString("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        byte[] smallOrder = Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
        return new FuzzTarget(name, [Signed(key, "message"u8), Signed(key, []), Fields.Join(smallOrder, [], [.. smallOrder, .. new byte[32]])], input =>
        {
            SignatureClaim claim = ClaimOf(input);
            bool verdict = Ed25519.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span);
            IsVerdictOf((claims, verdicts) => Ed25519.VerifyMany(claims, verdicts, cache: cache), claim, verdict, "many at once, with known keys");
            foreach (CryptoPath path in (ReadOnlySpan<CryptoPath>)[CryptoPath.Portable, CryptoPath.Avx2, CryptoPath.Avx512])
            {
                if (path.IsSupported())
                {
                    IsVerdictOf((claims, verdicts) => Ed25519.VerifyMany(claims, verdicts, path), claim, verdict, $"{path}");
                }
            }

            return verdict;
        })
        {
            MaxLength = 512,
            AllocatedBase = 64 * 1024,
            Tokens = [order, prime, smallOrder, new byte[32], .. key.PublicKey.ToArray().Chunk(32)],
        };
    }

    private static FuzzTarget EcdsaTarget(string name)
    {
        using var key = new EcdsaSecp256k1PrivateKey(Bytes(EcdsaSecp256k1PrivateKey.SecretSize, 2));
        return new FuzzTarget(name, [Signed(key, "message"u8), Signed(key, [])], input =>
        {
            SignatureClaim claim = ClaimOf(input);
            bool verdict = EcdsaSecp256k1.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span);
            Hash256 hash = Sha256.Hash(claim.Message.Span);
            Oracle.Holds(
                EcdsaSecp256k1.VerifyHash(claim.PublicKey.Span, Hash256.AsSpan(in hash), claim.Signature.Span) == verdict,
                "the verdict on the hash differs");
            IsVerdictOf(EcdsaSecp256k1.VerifyMany, claim, verdict, "many at once");
            IsVerdictOf(EcdsaSecp256k1.VerifyManyHashes, claim with { Message = hash.ToArray() }, verdict, "many hashes at once");
            return verdict;
        })
        {
            MaxLength = 512,
            AllocatedBase = 64 * 1024,
            Tokens = SecpTokens,
        };
    }

    private static FuzzTarget EcdsaKeyTarget(string name)
    {
        using var key = new EcdsaSecp256k1PrivateKey(Bytes(EcdsaSecp256k1PrivateKey.SecretSize, 2));
        byte[] compressed = key.PublicKey.ToArray();
        byte[] uncompressed = Convert.FromHexString(
            "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
        return new FuzzTarget(name, [compressed, uncompressed], input =>
        {
            Span<byte> first = stackalloc byte[EcdsaSecp256k1.PublicKeySize];
            if (!EcdsaSecp256k1.TryCompressPublicKey(input, first))
            {
                return false;
            }

            Span<byte> second = stackalloc byte[EcdsaSecp256k1.PublicKeySize];
            Oracle.Holds(EcdsaSecp256k1.TryCompressPublicKey(first, second), "the compressed key is refused");
            Oracle.AreEqual(first, second, "compressing twice changes a key");
            Oracle.Holds(input.Length == first.Length || input.Length == EcdsaSecp256k1.UncompressedPublicKeySize, "a key of a wrong length");
            if (input.Length == first.Length)
            {
                Oracle.AreEqual(input, first, "a compressed key changes");
            }

            return true;
        })
        {
            MaxLength = 128,
            Tokens = SecpTokens,
        };
    }

    private static FuzzTarget SchnorrTarget(string name)
    {
        using var key = new SchnorrSecp256k1PrivateKey(Bytes(SchnorrSecp256k1PrivateKey.SecretSize, 3));
        return new FuzzTarget(name, [Signed(key, "message"u8), Signed(key, [])], input =>
        {
            SignatureClaim claim = ClaimOf(input);
            bool verdict = SchnorrSecp256k1.Verify(claim.PublicKey.Span, claim.Message.Span, claim.Signature.Span);
            IsVerdictOf(SchnorrSecp256k1.VerifyMany, claim, verdict, "many at once");
            return verdict;
        })
        {
            MaxLength = 512,
            AllocatedBase = 64 * 1024,
            Tokens = SecpTokens,
        };
    }

    private static FuzzTarget MLDsaTarget(string name)
    {
        using var key = new MLDsa65PrivateKey(Bytes(MLDsa65PrivateKey.SeedSize, 4));
        byte[] message = "message"u8.ToArray();
        byte[] context = "context"u8.ToArray();
        byte[][] seeds =
        [
            Fields.Join(key.PublicKey.ToArray(), message, key.Sign(message), []),
            Fields.Join(key.PublicKey.ToArray(), message, key.Sign(message, context), context),
        ];
        return new FuzzTarget(name, seeds, input =>
        {
            ReadOnlySpan<byte> rest = input;
            var claim = new SignatureClaim(Fields.Take(ref rest).ToArray(), Fields.Take(ref rest).ToArray(), Fields.Take(ref rest).ToArray());
            ReadOnlySpan<byte> given = Fields.Take(ref rest);
            byte[] context = given[..Math.Min(given.Length, MLDsa65.MaxContextSize)].ToArray();
            bool verdict = MLDsa65.Verify(claim.PublicKey.Span, claim.Message.Span, context, claim.Signature.Span);
            IsVerdictOf((claims, verdicts) => MLDsa65.VerifyMany(claims, context, verdicts), claim, verdict, "many at once");
            return verdict;
        })
        {
            MaxLength = 8192,
            AllocatedBase = 4 * 1024 * 1024,
        };
    }

    private static IReadOnlyList<byte[]> SecpTokens { get; } =
    [
        Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"), // the order
        Convert.FromHexString("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0"), // its half
        Convert.FromHexString("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"), // the prime
        new byte[32],
        [2],
        [3],
        [4],
    ];

    private static byte[] Signed(ISigner key, ReadOnlySpan<byte> message) =>
        Fields.Join(key.PublicKey.ToArray(), message.ToArray(), key.Sign(message));

    private static SignatureClaim ClaimOf(byte[] input)
    {
        ReadOnlySpan<byte> rest = input;
        return new SignatureClaim(Fields.Take(ref rest).ToArray(), Fields.Take(ref rest).ToArray(), Fields.Take(ref rest).ToArray());
    }

    private static void IsVerdictOf(VerifyMany verify, SignatureClaim claim, bool expected, string path)
    {
        Span<bool> verdicts = [!expected, !expected];
        verify([claim, claim], verdicts);
        Oracle.Holds(verdicts[0] == expected && verdicts[1] == expected, $"another verdict: {path}");
    }

    private static byte[] Bytes(int length, byte value) => [.. Enumerable.Repeat(value, length)];
}
