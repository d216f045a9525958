using Chain.Core.Crypto;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>Points, proofs of randomness, key agreement and sealed messages.</summary>
internal static class CurveTargets
{
    public static void AddTo(Factories factories)
    {
        factories["crypto.vrf"] = () => VrfTarget("crypto.vrf");
        factories["crypto.vrf-key"] = () => VrfKeyTarget("crypto.vrf-key");
        factories["crypto.ristretto"] = () => RistrettoTarget("crypto.ristretto");
        factories["crypto.ristretto-product"] = () => RistrettoProductTarget("crypto.ristretto-product");
        factories["crypto.x25519"] = () => AgreementTarget("crypto.x25519");
        factories["crypto.aead"] = () => AeadTarget("crypto.aead");
        factories["crypto.hash-text"] = () => HashTextTarget("crypto.hash-text");
    }

    private static FuzzTarget VrfTarget(string name)
    {
        using var key = new VrfPrivateKey(Seed(5));
        byte[] alpha = "input"u8.ToArray();
        byte[][] seeds =
        [
            [(byte)VrfSuite.Edwards25519Sha512Tai, .. Fields.Join(key.PublicKey.ToArray(), alpha, key.Prove(VrfSuite.Edwards25519Sha512Tai, alpha))],
            [(byte)VrfSuite.Edwards25519Sha512Elligator2, .. Fields.Join(key.PublicKey.ToArray(), alpha, key.Prove(VrfSuite.Edwards25519Sha512Elligator2, alpha))],
        ];
        return new FuzzTarget(name, seeds, input =>
        {
            VrfSuite suite = input.Length > 0 && input[0] % 2 == 0 ? VrfSuite.Edwards25519Sha512Elligator2 : VrfSuite.Edwards25519Sha512Tai;
            ReadOnlySpan<byte> rest = input.AsSpan(Math.Min(1, input.Length));
            ReadOnlySpan<byte> publicKey = Fields.Take(ref rest);
            ReadOnlySpan<byte> alpha = Fields.Take(ref rest);
            ReadOnlySpan<byte> proof = Fields.Take(ref rest);
            Span<byte> verified = stackalloc byte[Vrf.OutputSize];
            Span<byte> hashed = stackalloc byte[Vrf.OutputSize];
            bool isDecoded = Vrf.TryProofToHash(suite, proof, hashed);
            bool verdict = Vrf.Verify(suite, publicKey, alpha, proof, verified);
            if (verdict)
            {
                Oracle.Holds(isDecoded && Vrf.IsValidPublicKey(publicKey), "a verified proof or its key is refused elsewhere");
                Oracle.AreEqual(hashed, verified, "two outputs of one proof");
            }

            var claim = new VrfClaim(publicKey.ToArray(), alpha.ToArray(), proof.ToArray());
            Span<bool> verdicts = stackalloc bool[2];
            Span<byte> outputs = stackalloc byte[2 * Vrf.OutputSize];
            Vrf.VerifyMany(suite, [claim, claim], verdicts, outputs);
            Oracle.Holds(verdicts[0] == verdict && verdicts[1] == verdict, "another verdict: many at once");
            Oracle.Holds(!verdict || outputs[Vrf.OutputSize..].SequenceEqual(verified), "another output: many at once");
            return verdict;
        })
        {
            MaxLength = 512,
            AllocatedBase = 64 * 1024,
        };
    }

    private static FuzzTarget VrfKeyTarget(string name)
    {
        using var key = new VrfPrivateKey(Seed(5));
        return new FuzzTarget(name, [key.PublicKey.ToArray()], input =>
        {
            bool isValid = Vrf.IsValidPublicKey(input);
            Oracle.Holds(!isValid || input.Length == Vrf.PublicKeySize, "a key of a wrong length");
            return isValid;
        })
        {
            MaxLength = 64,
        };
    }

    private static FuzzTarget RistrettoTarget(string name) => new(name, [Ristretto255.Base.Encode(), Ristretto255.Identity.Encode()], input =>
    {
        if (Ristretto255.Decode(input) is not { } point)
        {
            return false;
        }

        Oracle.AreEqual(input, point.Encode(), "a point has two encodings");
        Oracle.Holds(point.Add(Ristretto255.Identity).Equals(point), "adding nothing changes a point");
        return true;
    })
    {
        MaxLength = 64,
    };

    private static FuzzTarget RistrettoProductTarget(string name) => new(name, [[.. Ristretto255.Base.Encode(), 3, .. new byte[31]]], input =>
    {
        int cut = Math.Min(input.Length, Ristretto255.Size);
        if (Ristretto255.Decode(input.AsSpan(0, cut)) is not { } point || point.Multiply(input.AsSpan(cut)) is not { } product)
        {
            return false;
        }

        Oracle.Holds(Ristretto255.Decode(product.Encode())!.Equals(product), "a product does not decode to itself");
        return true;
    })
    {
        MaxLength = 96,
    };

    private static FuzzTarget AgreementTarget(string name)
    {
        using var key = new X25519PrivateKey(Seed(6));
        byte[] publicKey = key.PublicKey.ToArray();
        return new FuzzTarget(name, [publicKey, new byte[32]], input =>
        {
            using var mine = new X25519PrivateKey(Seed(7));
            Span<byte> shared = stackalloc byte[X25519.KeySize];
            bool agreed = mine.TryAgree(input, shared);
            Oracle.Holds(!agreed || (input.Length == X25519.KeySize && shared.ContainsAnyExcept((byte)0)), "a secret of nothing but zeros");
            return agreed;
        })
        {
            MaxLength = 64,
        };
    }

    private static FuzzTarget AeadTarget(string name)
    {
        byte[] key = Seed(8);
        AeadAlgorithm[] algorithms = [AeadAlgorithm.ChaCha20Poly1305, AeadAlgorithm.Aes256Gcm, AeadAlgorithm.XChaCha20Poly1305];
        byte[][] seeds = [.. algorithms.Select((algorithm, index) =>
        {
            using var aead = new Aead(algorithm, key);
            byte[] plaintext = "plain text"u8.ToArray();
            var message = new byte[plaintext.Length + Aead.TagSize];
            var nonce = new byte[aead.NonceSize];
            aead.Seal(nonce, plaintext, "associated"u8, message);
            return (byte[])[(byte)index, .. nonce, .. Fields.Join("associated"u8.ToArray(), message)];
        })];
        return new FuzzTarget(name, seeds, input =>
        {
            ReadOnlySpan<byte> rest = input.AsSpan(Math.Min(1, input.Length));
            using var aead = new Aead(algorithms[(input.Length > 0 ? input[0] : 0) % algorithms.Length], key);
            var nonce = new byte[aead.NonceSize];
            int given = Math.Min(nonce.Length, rest.Length);
            rest[..given].CopyTo(nonce);
            rest = rest[given..];
            ReadOnlySpan<byte> associated = Fields.Take(ref rest);
            ReadOnlySpan<byte> message = Fields.Take(ref rest);
            var plaintext = new byte[Math.Max(0, message.Length - Aead.TagSize)];
            if (!aead.TryOpen(nonce, message, associated, plaintext))
            {
                Oracle.Holds(!plaintext.ContainsAnyExcept((byte)0), "plaintext of a forged message");
                return false;
            }

            var again = new byte[message.Length];
            aead.Seal(nonce, plaintext, associated, again);
            Oracle.AreEqual(message, again, "a message was opened that is not its sealed form");
            return true;
        })
        {
            MaxLength = 1024,
        };
    }

    private static FuzzTarget HashTextTarget(string name) => new(name, [Text.Of(Sha256.Hash("a"u8).ToString())], input =>
    {
        string text = Text.From(input);
        bool isRead = Hash256.TryParse(text, out Hash256 hash);
        string digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        Oracle.Holds(!isRead || string.Equals(hash.ToString(), digits, StringComparison.OrdinalIgnoreCase), "a hash has another text");
        return isRead;
    })
    {
        MaxLength = 128,
    };

    private static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, 32)];
}
