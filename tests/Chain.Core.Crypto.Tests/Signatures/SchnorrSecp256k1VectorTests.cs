using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>Published vectors. Their counts are printed.</summary>
public sealed class SchnorrSecp256k1VectorTests(ITestOutputHelper output)
{
    [VectorFact("sig-secp256k1/bip340_test-vectors.csv")]
    public void Bip340_AllVerdictsAndSignaturesMatch()
    {
        string[] lines = File.ReadAllLines(Vectors.PathOf("sig-secp256k1/bip340_test-vectors.csv"));
        var claims = new List<SignatureClaim>();
        var expected = new List<bool>();
        int signed = 0;
        foreach (string[] fields in lines.Skip(1).Select(line => line.Split(',')))
        {
            byte[] publicKey = Convert.FromHexString(fields[2]), message = Convert.FromHexString(fields[4]);
            byte[] signature = Convert.FromHexString(fields[5]);
            claims.Add(new SignatureClaim(publicKey, message, signature));
            expected.Add(fields[6] == "TRUE");
            if (fields[1].Length != 0)
            {
                using var key = new SchnorrSecp256k1PrivateKey(Convert.FromHexString(fields[1]));
                Assert.Equal(publicKey, key.PublicKey.ToArray());
                Assert.Equal(signature, key.Sign(message, Convert.FromHexString(fields[3])));
                signed++;
            }
        }

        Expect(claims, expected);
        Assert.Equal((19, 8), (claims.Count, signed));
        output.WriteLine($"{claims.Count} cases, {signed} of them signed");
    }

    [VectorFact("fresh/schnorr_bip340.json")]
    public void Fresh_AllVerdictsAndSignaturesMatch()
    {
        using JsonDocument file = VectorJson.Open("fresh/schnorr_bip340.json");
        var claims = new List<SignatureClaim>();
        var expected = new List<bool>();
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            claims.Add(new SignatureClaim(test.Hex("pk"), test.Hex("msg"), test.Hex("sig")));
            expected.Add(test.GetProperty("valid").GetBoolean());
            using var key = new SchnorrSecp256k1PrivateKey(test.Hex("sk"));
            Assert.Equal(test.Hex("pk"), key.PublicKey.ToArray());
            Assert.Equal(expected[^1], test.Hex("sig").SequenceEqual(key.Sign(test.Hex("msg"), test.Hex("aux"))));
        }

        Expect(claims, expected);
        Assert.Equal(12, claims.Count);
        output.WriteLine($"{claims.Count} cases");
    }

    private static void Expect(List<SignatureClaim> claims, List<bool> expected)
    {
        var verdicts = new bool[claims.Count];
        SchnorrSecp256k1.VerifyMany(claims.ToArray(), verdicts);
        Assert.Equal(expected, verdicts);
        Assert.Equal(expected, claims.Select(c => SchnorrSecp256k1.Verify(c.PublicKey.Span, c.Message.Span, c.Signature.Span)));
    }
}
