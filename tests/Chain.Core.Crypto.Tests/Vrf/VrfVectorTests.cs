using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.VerifiableRandom;

/// <summary>Published vectors. Their counts are printed.</summary>
public sealed class VrfVectorTests(ITestOutputHelper output)
{
    /// <summary>The six examples of the two suites over edwards25519, with H, U and V inside; the others are over P-256.</summary>
    [VectorFact("vrf/ecvrf_draft15_rfc9381_examples10-21.json")]
    public void Rfc9381_Examples16To21_MatchInside()
    {
        using JsonDocument file = VectorJson.Open("vrf/ecvrf_draft15_rfc9381_examples10-21.json");
        int count = 0;
        foreach (JsonElement test in file.RootElement.EnumerateArray())
        {
            if (!test.Text("suite").Contains("EDWARDS25519", StringComparison.Ordinal))
            {
                continue;
            }

            VrfSuite suite = Suite(test.Text("suite").EndsWith("TAI", StringComparison.Ordinal));
            AssertProof(test, suite, "SK", "PK");
            Assert.True(VrfProof.TryDecode(test.Hex("pi"), out VrfProof proof));
            Assert.True(EdwardsPoint.TryDecode(test.Hex("PK"), out EdwardsPoint key));
            Assert.True(VrfInput.TryEncodeToCurve(suite, test.Hex("PK"), test.Hex("alpha"), out EdwardsPoint h));
            Assert.Equal(test.Hex("U"), Encode(VrfProducts.BaseTimes(proof.S, proof.Challenge, -key)));
            Assert.Equal(test.Hex("V"), Encode(VrfProducts.PointTimes(h, proof.S, proof.Challenge, -proof.Gamma)));
            Assert.Equal(test.Hex("U"), Encode(SecretEdwardsProduct.Compute(test.Hex("k"), EdwardsPoint.Base)));
            Assert.Equal(test.Hex("V"), Encode(SecretEdwardsProduct.Compute(test.Hex("k"), h)));
            count++;
        }

        Assert.Equal(6, count);
        output.WriteLine($"{count} cases");
    }

    [VectorFact("fresh/ecvrf_rfc9381.json")]
    public void Fresh_AllVerdictsAndProofsMatch()
    {
        using JsonDocument file = VectorJson.Open("fresh/ecvrf_rfc9381.json");
        int valid = 0, invalid = 0;
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            VrfSuite suite = Suite(test.Text("suite") == "TAI");
            if (test.GetProperty("valid").GetBoolean())
            {
                AssertProof(test, suite, "sk", "pk");
                valid++;
            }
            else
            {
                Assert.False(Vrf.Verify(suite, test.Hex("pk"), test.Hex("alpha"), test.Hex("pi"), new byte[64]));
                invalid++;
            }
        }

        Assert.Equal((3, 2), (valid, invalid));
        output.WriteLine($"{valid} valid, {invalid} invalid cases");
    }

    private static void AssertProof(JsonElement test, VrfSuite suite, string seed, string publicKey)
    {
        using var key = new VrfPrivateKey(test.Hex(seed));
        var beta = new byte[64];
        Assert.Equal(test.Hex(publicKey), key.PublicKey.ToArray());
        Assert.Equal(test.Hex("pi"), key.Prove(suite, test.Hex("alpha")));
        Assert.True(Vrf.Verify(suite, key.PublicKey.Span, test.Hex("alpha"), test.Hex("pi"), beta));
        Assert.Equal(test.Hex("beta"), beta);
        Assert.True(VrfInput.TryEncodeToCurve(suite, key.PublicKey.Span, test.Hex("alpha"), out EdwardsPoint h));
        Assert.Equal(test.Hex("H"), Encode(h));
    }

    private static byte[] Encode(EdwardsPoint point)
    {
        var bytes = new byte[32];
        point.Encode(bytes);
        return bytes;
    }

    private static VrfSuite Suite(bool tai) => tai ? VrfSuite.Edwards25519Sha512Tai : VrfSuite.Edwards25519Sha512Elligator2;
}
