using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;
using static Chain.Core.Crypto.Tests.Signatures.Ed25519Cases;

namespace Chain.Core.Crypto.Tests.Ristretto;

public sealed class Ristretto255Tests(ITestOutputHelper output)
{
    /// <summary>RFC 9496, appendix A.1: 0 to 4 times the generator.</summary>
    private static readonly string[] SmallMultiples =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
        "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
        "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259",
        "da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57",
    ];

    [Fact]
    public void SmallMultiples_OfTheGenerator_MatchTheSpecification() => AssertMultiples(SmallMultiples);

    /// <summary>RFC 9496, appendix A.2, one of each kind: not canonical, negative, no square, negative t, y = 0.</summary>
    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371")]
    [InlineData("3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Decode_BadEncoding_IsNull(string encoding) => Assert.Null(Ristretto255.Decode(Convert.FromHexString(encoding)));

    /// <summary>RFC 9496, appendix A.3, the first: SHA-512 of a sentence.</summary>
    [Fact]
    public void FromUniformBytes_SpecificationExample_Matches() => Assert.Equal(
        "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46",
        Convert.ToHexStringLower(Ristretto255.FromUniformBytes(
            SHA512.HashData("Ristretto is traditionally a short shot of espresso coffee"u8)).Encode()));

    [VectorFact("group/ristretto255_rfc9496.json")]
    public void Rfc9496_AllVectors_Match()
    {
        using JsonDocument file = VectorJson.Open("group/ristretto255_rfc9496.json");
        string[] multiples = Strings(file, "small_multiples_of_basepoint_0_to_15");
        AssertMultiples(multiples);
        string[] bad = Strings(file, "bad_encodings");
        Assert.All(bad, encoding => Assert.Null(Ristretto255.Decode(Convert.FromHexString(encoding))));
        int labels = 0, uniform = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("sha512_label_to_point").EnumerateArray())
        {
            byte[] bytes = SHA512.HashData(Encoding.UTF8.GetBytes(test.Text("label")));
            Assert.Equal(test.Hex("encoding"), Ristretto255.FromUniformBytes(bytes).Encode());
            labels++;
        }

        foreach (JsonElement test in file.RootElement.GetProperty("uniform_bytes_to_point").EnumerateArray())
        {
            Assert.Equal(test.Hex("encoding"), Ristretto255.FromUniformBytes(test.Hex("uniform_bytes")).Encode());
            uniform++;
        }

        Assert.Equal((16, 29, 7, 11), (multiples.Length, bad.Length, labels, uniform));
        output.WriteLine($"{multiples.Length} multiples, {bad.Length} bad encodings, {labels} labels, {uniform} uniform strings");
    }

    [VectorFact("fresh/ristretto255.json")]
    public void Fresh_AllVectors_Match()
    {
        using JsonDocument file = VectorJson.Open("fresh/ristretto255.json");
        int count = 0, decoded = 0;
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            Ristretto255 point = Ristretto255.FromUniformBytes(test.Hex("uniform64"));
            Ristretto255? product = point.Multiply(test.Hex("scalar_le"));
            Assert.Equal(test.Hex("point"), point.Encode());
            Assert.Equal(point, Ristretto255.Decode(test.Hex("point")));
            Assert.Equal(test.Hex("product"), product!.Encode());
            Assert.Equal(test.Hex("sum"), point.Add(product).Encode());
            count++;
        }

        foreach (JsonElement test in file.RootElement.GetProperty("decode_random").EnumerateArray())
        {
            Assert.Equal(test.GetProperty("decodes").GetBoolean(), Ristretto255.Decode(test.Hex("bytes")) is not null);
            decoded++;
        }

        Assert.True(count == 6 && decoded > 0);
        output.WriteLine($"{count} cases, {decoded} decodings");
    }

    [Fact]
    public void EncodeAndDecode_RandomElements_RoundTripAndTorsionIsInvisible()
    {
        Assert.True(EdwardsPoint.TryDecode(new byte[32], out EdwardsPoint orderFour));
        var random = new Random(100);
        for (int i = 0; i < 100; i++)
        {
            var bytes = new byte[64];
            random.NextBytes(bytes);
            Ristretto255 element = Ristretto255.FromUniformBytes(bytes);
            byte[] encoding = element.Encode();
            var shifted = new Ristretto255(element.Point + orderFour);

            Assert.Equal(element, Ristretto255.Decode(encoding));
            Assert.Equal(encoding, shifted.Encode());
            Assert.Equal(element, shifted);
            Assert.Equal(element.GetHashCode(), shifted.GetHashCode());
            Assert.NotEqual(element, element.Add(Ristretto255.Base));
            Assert.Equal(element, element.Add(Ristretto255.Identity));

            // Every decodable spelling is the canonical one.
            encoding[random.Next(32)] ^= (byte)(1 << random.Next(8));
            Assert.True(Ristretto255.Decode(encoding) is not { } other || other.Encode().SequenceEqual(encoding));
        }
    }

    [Fact]
    public void Multiply_ScalarsAroundTheOrder_AreStrict()
    {
        Assert.Equal(Ristretto255.Identity, Ristretto255.Base.Multiply(new byte[32]));
        Assert.Equal(Ristretto255.Identity, Ristretto255.Base.Multiply(Bytes(Order - 1))!.Add(Ristretto255.Base));
        Assert.Null(Ristretto255.Base.Multiply(Bytes(Order)));
        Assert.Null(Ristretto255.Base.Multiply(Bytes(Order + 1)));
        Assert.Null(Ristretto255.Base.Multiply(new byte[31]));
        Assert.Null(Ristretto255.Base.Multiply(new byte[33]));
    }

    [Fact]
    public void Lengths_OtherThanTheirs_AreRefused()
    {
        for (int length = 0; length < 70; length++)
        {
            Assert.Equal(length == 32, Ristretto255.Decode(new byte[length]) is not null);
            if (length != 64)
            {
                Assert.Throws<ArgumentException>(() => Ristretto255.FromUniformBytes(new byte[length]));
            }
        }
    }

    private static void AssertMultiples(string[] encodings)
    {
        Ristretto255 sum = Ristretto255.Identity;
        for (int i = 0; i < encodings.Length; i++)
        {
            Assert.Equal(encodings[i], Convert.ToHexStringLower(sum.Encode()));
            Assert.Equal(sum, Ristretto255.Decode(Convert.FromHexString(encodings[i])));
            Assert.Equal(sum, Ristretto255.Base.Multiply(Bytes(i)));
            sum = sum.Add(Ristretto255.Base);
        }
    }

    private static string[] Strings(JsonDocument file, string name) =>
        [.. file.RootElement.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
