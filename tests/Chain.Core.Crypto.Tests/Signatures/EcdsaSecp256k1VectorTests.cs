using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;
using static Chain.Core.Crypto.Tests.Secp256k1.SecpNumbers;

namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>Published vectors. Their counts are printed.</summary>
public sealed class EcdsaSecp256k1VectorTests(ITestOutputHelper output)
{
    [VectorFact("sig-secp256k1/noble_rfc6979.json")]
    public void Rfc6979_Noble_AllSignaturesVerifyUnderDeterministicNonces()
    {
        using JsonDocument file = VectorJson.Open("sig-secp256k1/noble_rfc6979.json");
        int count = 0;
        foreach (JsonElement test in file.RootElement.EnumerateArray())
        {
            using var key = new EcdsaSecp256k1PrivateKey(test.Hex("d"));
            byte[] message = Encoding.UTF8.GetBytes(test.Text("message"));
            byte[] signature = key.Sign(message);

            // k0 is the nonce; r is x(k0·G).
            using var nonce = new EcdsaSecp256k1PrivateKey(test.Hex("k0"));
            Assert.Equal(Number(nonce.PublicKey.Span[1..]) % N, Number(signature.AsSpan(0, 32)));
            Assert.True(EcdsaSecp256k1.Verify(key.PublicKey.Span, message, signature));
            count++;
        }

        Assert.Equal(10, count);
        output.WriteLine($"{count} cases");
    }

    [VectorFact("fresh/ecdsa_secp256k1.json")]
    public void Fresh_AllVerdictsAndSignaturesMatch()
    {
        using JsonDocument file = VectorJson.Open("fresh/ecdsa_secp256k1.json");
        int count = 0, valid = 0;
        var claims = new List<SignatureClaim>();
        var verdicts = new List<bool>();
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            bool expected = test.GetProperty("valid_lowS_required").GetBoolean();
            byte[] signature = test.Hex("sig_compact");
            claims.Add(new SignatureClaim(test.Hex("pk"), test.Hex("hash"), signature));
            verdicts.Add(expected);
            Assert.Equal(expected, EcdsaSecp256k1.VerifyHash(test.Hex("pk"), test.Hex("hash"), signature));
            Assert.Equal(
                test.GetProperty("valid_any_S").GetBoolean(),
                EcdsaSecp256k1.VerifyHash(test.Hex("pk"), test.Hex("hash"), WithLowS(signature)));
            if (expected)
            {
                using var key = new EcdsaSecp256k1PrivateKey(test.Hex("sk"));
                Assert.Equal(signature, key.SignHash(test.Hex("hash")));
                Assert.Equal(test.Hex("pk"), key.PublicKey.ToArray());
                valid++;
            }

            count++;
        }

        var atOnce = new bool[claims.Count];
        EcdsaSecp256k1.VerifyManyHashes(claims.ToArray(), atOnce);
        Assert.Equal(verdicts, atOnce);
        Assert.Equal((20, 12), (count, valid));
        output.WriteLine($"{count} cases");
    }

    /// <summary>
    /// Signatures there are DER with any S: a strict parser stands in front, and a valid signature must hold exactly in the
    /// form with low S.
    /// </summary>
    [VectorFact("sig-secp256k1/wycheproof_ecdsa_secp256k1_sha256_test.json")]
    public void Wycheproof_AllVerdictsMatch()
    {
        using JsonDocument file = VectorJson.Open("sig-secp256k1/wycheproof_ecdsa_secp256k1_sha256_test.json");
        int count = 0, valid = 0, strict = 0;
        var claims = new List<SignatureClaim>();
        var expected = new List<bool>();
        foreach ((JsonElement group, JsonElement test) in VectorJson.Wycheproof(file))
        {
            var key = new byte[33];
            Assert.True(EcdsaSecp256k1.TryCompressPublicKey(group.GetProperty("publicKey").Hex("uncompressed"), key));
            bool isValid = test.Text("result") == "valid";
            byte[]? signature = StrictDer.ToCompact(test.Hex("sig"));
            if (signature is not null)
            {
                bool isLow = Number(signature.AsSpan(32)) <= N / 2;
                claims.Add(new SignatureClaim(key, test.Hex("msg"), signature));
                expected.Add(isValid && isLow);
                claims.Add(new SignatureClaim(key, test.Hex("msg"), WithLowS(signature)));
                expected.Add(isValid);
                strict++;
            }

            Assert.True(signature is not null || !isValid);
            valid += isValid ? 1 : 0;
            count++;
        }

        var verdicts = new bool[claims.Count];
        EcdsaSecp256k1.VerifyMany(claims.ToArray(), verdicts);
        Assert.Equal(expected, verdicts);
        Assert.Equal(expected, claims.Select(c => EcdsaSecp256k1.VerifyHash(
            c.PublicKey.Span, SHA256.HashData(c.Message.Span), c.Signature.Span)));
        Assert.Equal((476, 168), (count, valid));
        output.WriteLine($"{count} cases, {valid} valid, {strict} of them strict DER of a compact size");
    }

    /// <summary>The same signature with s replaced by n − s where that is smaller.</summary>
    private static byte[] WithLowS(byte[] signature)
    {
        BigInteger s = Number(signature.AsSpan(32));
        return s > N / 2 && s < N ? [.. signature[..32], .. Bytes(N - s)] : signature;
    }
}
