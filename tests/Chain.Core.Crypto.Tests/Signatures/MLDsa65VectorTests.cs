using System.Text.Json;
using Chain.Core.Testing;
using Org.BouncyCastle.Crypto.Parameters;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>Published vectors. Their counts are printed.</summary>
public sealed class MLDsa65VectorTests(ITestOutputHelper output)
{
    /// <summary>
    /// Those with a message: 17 of the file name only μ, an internal value that no public operation takes, and one has
    /// hedging randomness, so that only its verdict counts.
    /// </summary>
    [VectorFact("sig-pq/wycheproof_mldsa_65_sign_seed_test.json")]
    public void WycheproofSign_AllSignaturesMatchAndVerify()
    {
        using JsonDocument file = VectorJson.Open("sig-pq/wycheproof_mldsa_65_sign_seed_test.json");
        int signed = 0, refused = 0, verified = 0, inner = 0;
        foreach ((JsonElement group, JsonElement test) in VectorJson.Wycheproof(file))
        {
            if (!test.TryGetProperty("msg", out _))
            {
                inner++;
                continue;
            }

            byte[] message = test.Hex("msg"), context = test.HexOrEmpty("ctx"), seed = group.Hex("privateSeed");
            if (test.Text("result") != "valid")
            {
                Assert.Throws<ArgumentException>(() => new MLDsa65PrivateKey(seed).Sign(message, context));
                refused++;
                continue;
            }

            using var key = new MLDsa65PrivateKey(seed);
            Assert.Equal(group.Hex("publicKey"), key.PublicKey.ToArray());
            Assert.True(MLDsa65.Verify(key.PublicKey.Span, message, context, test.Hex("sig")));
            verified++;
            if (test.HexOrEmpty("rnd").AsSpan().ContainsAnyExcept((byte)0))
            {
                continue;
            }

            Assert.Equal(test.Hex("sig"), key.Sign(message, context));
            signed++;
        }

        Assert.Equal((83, 84, 4, 17), (signed, verified, refused, inner));
        output.WriteLine($"{signed} signed, {verified} verified, {refused} refused, {inner} of internal values left out");
    }

    /// <summary>Another parameter set through the same code: hostile hints, ranges and lengths.</summary>
    [VectorFact("sig-pq/wycheproof_mldsa_44_verify_test.json")]
    public void WycheproofVerify44_AllVerdictsMatch()
    {
        const int PublicKeySize = 1312, SignatureSize = 2420;
        using JsonDocument file = VectorJson.Open("sig-pq/wycheproof_mldsa_44_verify_test.json");
        int valid = 0, invalid = 0, inner = 0;
        foreach ((JsonElement group, JsonElement test) in VectorJson.Wycheproof(file))
        {
            if (!test.TryGetProperty("msg", out _))
            {
                inner++;
                continue;
            }

            byte[] key = group.Hex("publicKey"), signature = test.Hex("sig"), context = test.HexOrEmpty("ctx");
            bool verdict = key.Length == PublicKeySize
                && signature.Length == SignatureSize
                && context.Length <= MLDsa65.MaxContextSize
                && PortableMLDsa.Verify(MLDsaParameters.ml_dsa_44, key, test.Hex("msg"), context, signature);
            Assert.True(verdict == (test.Text("result") == "valid"), $"test {test.Number("tcId")}");
            (valid, invalid) = verdict ? (valid + 1, invalid) : (valid, invalid + 1);
        }

        output.WriteLine($"{valid} valid, {invalid} invalid, {inner} of internal values left out");
        Assert.Equal(180, valid + invalid + inner);
        Assert.True(valid > 50 && invalid > 90 && inner < 20);
    }
}
