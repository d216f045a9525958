using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
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

    /// <summary>The same map for the random oracle to curve25519: two elements, their points added.</summary>
    [VectorFact("group/h2c_curve25519_XMD_SHA-512_ELL2_RO_.json")]
    public void Map_RandomOracleVectorsOfCurve25519_PointsMatch()
    {
        using JsonDocument file = VectorJson.Open("group/h2c_curve25519_XMD_SHA-512_ELL2_RO_.json");
        int count = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("vectors").EnumerateArray())
        {
            BigInteger[] u = HashToField(HashAlgorithmName.SHA512, 64, file, test, Prime);
            EdwardsPoint first = Elligator2.Map(FieldElement.Parse(Bytes(u[0]))), second = Elligator2.Map(FieldElement.Parse(Bytes(u[1])));
            AssertMontgomery(test.GetProperty("Q0"), first);
            AssertMontgomery(test.GetProperty("Q1"), second);
            AssertMontgomery(test.GetProperty("P"), (first + second).MultiplyByCofactor());
            count++;
        }

        Assert.Equal(5, count);
        output.WriteLine($"{count} cases");
    }

    /// <summary>Up to the field elements: no curve is offered whose points are hashed with SHA-256.</summary>
    [VectorFact("group/h2c_secp256k1_XMD_SHA-256_SSWU_RO_.json")]
    public void Expand_VectorsOfSecp256k1_FieldElementsMatch()
    {
        using JsonDocument file = VectorJson.Open("group/h2c_secp256k1_XMD_SHA-256_SSWU_RO_.json");
        int count = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("vectors").EnumerateArray())
        {
            HashToField(HashAlgorithmName.SHA256, 32, file, test, Secp256k1.SecpNumbers.P);
            count++;
        }

        Assert.Equal(5, count);
        output.WriteLine($"{count} cases, their field elements");
    }

    [VectorFact("group/h2c_expand_message_xmd_SHA512_38.json")]
    public void Expand_Sha512Vectors_Match() =>
        AssertExpansions("group/h2c_expand_message_xmd_SHA512_38.json", HashAlgorithmName.SHA512, 64);

    [VectorFact("group/h2c_expand_message_xmd_SHA256_38.json")]
    public void Expand_Sha256Vectors_Match() =>
        AssertExpansions("group/h2c_expand_message_xmd_SHA256_38.json", HashAlgorithmName.SHA256, 32);

    /// <summary>The same with a domain of more than 255 bytes, which the caller hashes (section 5.3.3).</summary>
    [VectorFact("group/h2c_expand_message_xmd_SHA256_256.json")]
    public void Expand_Sha256VectorsWithALongDomain_Match() =>
        AssertExpansions("group/h2c_expand_message_xmd_SHA256_256.json", HashAlgorithmName.SHA256, 32);

    private void AssertExpansions(string path, HashAlgorithmName hash, int digestSize)
    {
        using JsonDocument file = VectorJson.Open(path);
        byte[] domain = Encoding.ASCII.GetBytes(file.RootElement.Text("DST"));
        domain = domain.Length > 255 ? SHA256.HashData([.. "H2C-OVERSIZE-DST-"u8, .. domain]) : domain;
        int count = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("tests").EnumerateArray())
        {
            byte[] expected = test.Hex("uniform_bytes");
            var uniform = new byte[expected.Length];
            ExpandMessageXmd.Expand(hash, digestSize, Encoding.UTF8.GetBytes(test.Text("msg")), domain, uniform);
            Assert.Equal(expected, uniform);
            count++;
        }

        Assert.Equal(10, count);
        output.WriteLine($"{path}: {count} cases");
    }

    /// <summary>The two elements of hash_to_field (section 5.2), compared with those of the vector.</summary>
    private static BigInteger[] HashToField(HashAlgorithmName hash, int digestSize, JsonDocument file, JsonElement test, BigInteger prime)
    {
        var uniform = new byte[2 * 48];
        byte[] domain = Encoding.ASCII.GetBytes(file.RootElement.Text("dst"));
        ExpandMessageXmd.Expand(hash, digestSize, Encoding.UTF8.GetBytes(test.Text("msg")), domain, uniform);
        BigInteger[] elements =
        [
            new BigInteger(uniform.AsSpan(0, 48), isUnsigned: true, isBigEndian: true) % prime,
            new BigInteger(uniform.AsSpan(48), isUnsigned: true, isBigEndian: true) % prime,
        ];
        Assert.Equal(test.GetProperty("u").EnumerateArray().Select(u => Hex(u.GetString()!)), elements);
        return elements;
    }

    /// <summary>u = (1 + y)/(1 − y) and v = √−486664·u/x, with the even root.</summary>
    private static void AssertMontgomery(JsonElement expected, EdwardsPoint point)
    {
        BigInteger root = BigInteger.ModPow(Prime - 486664, (Prime + 3) / 8, Prime);
        root = root * root % Prime == Prime - 486664 ? root : root * BigInteger.ModPow(2, (Prime - 1) / 4, Prime) % Prime;
        root = root.IsEven ? root : Prime - root;
        BigInteger x = Number(Affine(point.X, point.Z)), y = Number(Affine(point.Y, point.Z));
        BigInteger u = (1 + y) * BigInteger.ModPow(Prime + 1 - y, Prime - 2, Prime) % Prime;
        BigInteger v = root * u * BigInteger.ModPow(x, Prime - 2, Prime) % Prime;
        Assert.Equal((Hex(expected.Text("x")), Hex(expected.Text("y"))), (u, v));
    }

    private static byte[] Affine(FieldElement coordinate, FieldElement z)
    {
        var bytes = new byte[FieldElement.Size];
        (coordinate * z.Invert()).CopyTo(bytes);
        return bytes;
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
