using System.Security.Cryptography;
using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Kdf;

public sealed class HkdfTests(ITestOutputHelper output)
{
    [Theory] // RFC 5869 §A.1 and §A.3
    [InlineData(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")]
    [InlineData(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
    public void DeriveKey_SpecificationExample_Matches(string inputKey, string salt, string info, string extracted, string expected)
    {
        var pseudorandomKey = new byte[Hkdf.PseudorandomKeySize];
        Hkdf.Extract(Convert.FromHexString(inputKey), Convert.FromHexString(salt), pseudorandomKey);
        Assert.Equal(extracted, Convert.ToHexStringLower(pseudorandomKey));

        var key = new byte[expected.Length / 2];
        Hkdf.Expand(pseudorandomKey, Convert.FromHexString(info), key);
        Assert.Equal(expected, Convert.ToHexStringLower(key));
        Array.Clear(key);
        Hkdf.DeriveKey(Convert.FromHexString(inputKey), Convert.FromHexString(salt), Convert.FromHexString(info), key);
        Assert.Equal(expected, Convert.ToHexStringLower(key));
    }

    [Fact]
    public void DeriveKey_LengthOutsideOfTheLimits_Throws()
    {
        Hkdf.DeriveKey([1], default, default, new byte[Hkdf.MaxOutputSize]);
        Assert.Throws<ArgumentException>(() => Hkdf.DeriveKey([1], default, default, new byte[Hkdf.MaxOutputSize + 1]));
        Assert.Throws<ArgumentException>(() => Hkdf.DeriveKey([1], default, default, []));
        Assert.Throws<ArgumentException>(() => Hkdf.Expand(new byte[31], default, new byte[1]));
        Assert.Throws<ArgumentException>(() => Hkdf.Extract([1], default, new byte[33]));
    }

    [Fact]
    public void Sha512_RandomInputsOfAllLengths_AgreeWithThePlatform()
    {
        var random = new Random(80);
        for (int i = 0; i < 100; i++)
        {
            byte[] inputKey = Any(random, 1 + random.Next(200)), salt = Any(random, random.Next(200)), info = Any(random, random.Next(200));
            int length = i == 0 ? HkdfSha512.MaxOutputSize : 1 + random.Next(300);
            byte[] ours = new byte[length], extracted = new byte[HkdfSha512.PseudorandomKeySize], expanded = new byte[length];
            HkdfSha512.DeriveKey(inputKey, salt, info, ours);
            Assert.Equal(HKDF.DeriveKey(HashAlgorithmName.SHA512, inputKey, length, salt, info), ours);

            HkdfSha512.Extract(inputKey, salt, extracted);
            HkdfSha512.Expand(extracted, info, expanded);
            Assert.Equal(ours, expanded);
        }

        Assert.Throws<ArgumentException>(() => HkdfSha512.DeriveKey([1], default, default, new byte[HkdfSha512.MaxOutputSize + 1]));
        Assert.Throws<ArgumentException>(() => HkdfSha512.Expand(new byte[63], default, new byte[1]));
        Assert.Throws<ArgumentException>(() => HkdfSha512.Extract([1], default, new byte[32]));
    }

    [VectorFact("mac-kdf/wycheproof_hkdf_sha256_test.json")]
    public void DeriveKey_Wycheproof_Matches()
    {
        using JsonDocument file = VectorJson.Open("mac-kdf/wycheproof_hkdf_sha256_test.json");
        int count = 0;
        foreach ((_, JsonElement test) in VectorJson.Wycheproof(file))
        {
            var key = new byte[test.Number("size")];
            if (test.Text("result") == "valid")
            {
                Hkdf.DeriveKey(test.Hex("ikm"), test.Hex("salt"), test.Hex("info"), key);
                Assert.Equal(test.Text("okm"), Convert.ToHexStringLower(key));
            }
            else
            {
                Assert.Throws<ArgumentException>(() => Hkdf.DeriveKey(test.Hex("ikm"), test.Hex("salt"), test.Hex("info"), key));
            }

            count++;
        }

        Assert.Equal(86, count);
        output.WriteLine($"mac-kdf/wycheproof_hkdf_sha256_test.json: {count} vectors");
    }

    [VectorFact("fresh/hkdf_hmac.json")]
    public void DeriveKey_FreshVectors_Match()
    {
        using JsonDocument file = VectorJson.Open("fresh/hkdf_hmac.json");
        int count = 0;
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            var key = new byte[test.Number("len")];
            Hkdf.DeriveKey(test.Hex("ikm"), test.Hex("salt"), test.Hex("info"), key);
            Assert.Equal(test.Text("okm_sha256"), Convert.ToHexStringLower(key));

            AssertCodes(test);
            count++;
        }

        Assert.Equal(6, count);
        output.WriteLine($"fresh/hkdf_hmac.json: {count} vectors");
    }

    private static void AssertCodes(JsonElement test)
    {
        byte[] code = new byte[HmacSha256.Size], wide = new byte[HmacSha512.Size];
        HmacSha256.Compute(test.Hex("ikm"), test.Hex("info"), code);
        HmacSha512.Compute(test.Hex("ikm"), test.Hex("info"), wide);
        Assert.Equal(test.Text("hmac_sha256"), Convert.ToHexStringLower(code));
        Assert.Equal(test.Text("hmac_sha512"), Convert.ToHexStringLower(wide));
    }

    private static byte[] Any(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
