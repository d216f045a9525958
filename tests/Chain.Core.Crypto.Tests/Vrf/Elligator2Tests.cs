using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.VerifiableRandom;

public sealed class Elligator2Tests(ITestOutputHelper output)
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    /// <summary>RFC 9380, appendix J.5.2: edwards25519_XMD:SHA-512_ELL2_NU_, the empty message.</summary>
    [Fact]
    public void Encode_SpecificationExample_Matches()
    {
        EdwardsPoint point = Elligator2.Encode([], "QUUX-V01-CS02-with-edwards25519_XMD:SHA-512_ELL2_NU_"u8);

        AssertPoint(
            "1ff2b70ecf862799e11b7ae744e3489aa058ce805dd323a936375a84695e76da",
            "222e314d04a4d5725e9f2aff9fb2a6b69ef375a1214eb19021ceab2d687f0f9b",
            point);
    }

    [VectorFact("group/h2c_edwards25519_XMD_SHA-512_ELL2_NU_.json")]
    public void Encode_HashToCurveVectors_MapAndPointMatch()
    {
        using JsonDocument file = VectorJson.Open("group/h2c_edwards25519_XMD_SHA-512_ELL2_NU_.json");
        byte[] domain = Encoding.ASCII.GetBytes(file.RootElement.Text("dst"));
        int count = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("vectors").EnumerateArray())
        {
            BigInteger u = Hex(test.GetProperty("u")[0].GetString()!);
            EdwardsPoint mapped = Elligator2.Map(FieldElement.Parse(Bytes(u)));
            AssertPoint(test.GetProperty("Q").Text("x"), test.GetProperty("Q").Text("y"), mapped);
            EdwardsPoint point = Elligator2.Encode(Encoding.UTF8.GetBytes(test.Text("msg")), domain);
            AssertPoint(test.GetProperty("P").Text("x"), test.GetProperty("P").Text("y"), point);
            count++;
        }

        Assert.Equal(5, count);
        output.WriteLine($"{count} cases");
    }

    [VectorFact("group/h2c_expand_message_xmd_SHA512_38.json")]
    public void Expand_Sha512Vectors_Match()
    {
        using JsonDocument file = VectorJson.Open("group/h2c_expand_message_xmd_SHA512_38.json");
        byte[] domain = Encoding.ASCII.GetBytes(file.RootElement.Text("DST"));
        int count = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("tests").EnumerateArray())
        {
            byte[] expected = test.Hex("uniform_bytes");
            var uniform = new byte[expected.Length];
            ExpandMessageXmd.Expand(Encoding.UTF8.GetBytes(test.Text("msg")), domain, uniform);
            Assert.Equal(expected, uniform);
            count++;
        }

        Assert.Equal(10, count);
        output.WriteLine($"{count} cases");
    }

    /// <summary>Every element has a point of the curve, the exceptional ones included.</summary>
    [Fact]
    public void Map_EdgesAndRandomElements_AreOnTheCurve()
    {
        var random = new Random(80);
        var values = new List<BigInteger> { 0, 1, 2, Prime - 1, Prime / 2 };
        for (int i = 0; i < 200; i++)
        {
            var bytes = new byte[32];
            random.NextBytes(bytes);
            values.Add(Number(bytes) % Prime);
        }

        var encoded = new byte[32];
        foreach (BigInteger value in values)
        {
            EdwardsPoint point = Elligator2.Map(FieldElement.Parse(Bytes(value)));
            point.Encode(encoded);
            Assert.True(CanonicalPoint.TryDecode(encoded, out EdwardsPoint decoded));
            Assert.True((decoded - point).IsIdentity);
            Assert.True((point.X * point.Y).IsSame(point.Z * point.T));
        }
    }

    private static void AssertPoint(string x, string y, EdwardsPoint point)
    {
        FieldElement inverse = point.Z.Invert();
        Assert.True((point.X * inverse).IsSame(FieldElement.Parse(Bytes(Hex(x)))));
        Assert.True((point.Y * inverse).IsSame(FieldElement.Parse(Bytes(Hex(y)))));
    }

    private static BigInteger Hex(string text) =>
        BigInteger.Parse("0" + text.Replace("0x", string.Empty, StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
