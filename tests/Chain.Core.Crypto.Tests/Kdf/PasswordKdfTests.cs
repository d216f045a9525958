using System.Text;
using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Kdf;

public sealed class PasswordKdfTests(ITestOutputHelper output)
{
    [Fact] // RFC 9106 §5.3
    public void Argon2id_SpecificationExample_Matches()
    {
        var key = new byte[32];
        Argon2id.DeriveKey(
            Repeat(1, 32), Repeat(2, 16), Repeat(3, 8), Repeat(4, 12), passes: 3, memoryKiB: 32, parallelism: 4, key);
        Assert.Equal("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659", Convert.ToHexStringLower(key));
    }

    [Theory] // RFC 7914 §12
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    public void Scrypt_SpecificationExample_Matches(string password, string salt, int n, int r, int p, string expected)
    {
        var key = new byte[64];
        Scrypt.DeriveKey(Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(salt), n, r, p, key);
        Assert.Equal(expected, Convert.ToHexStringLower(key));
    }

    [Fact] // RFC 7914 §11
    public void Pbkdf2_SpecificationExample_Matches()
    {
        var key = new byte[64];
        Pbkdf2.DeriveKey("passwd"u8, "salt"u8, iterations: 1, key);
        Assert.Equal(
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
            Convert.ToHexStringLower(key));
    }

    [Theory]
    [InlineData(0, 64, 1, 32)]
    [InlineData(1, 7, 1, 32)]
    [InlineData(1, 15, 2, 32)]
    [InlineData(1, 64, 0, 32)]
    [InlineData(1, 1 << 20, 65, 32)]
    [InlineData(1, (1 << 20) + 1, 1, 32)]
    [InlineData(5, 1 << 20, 1, 32)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, 32)]
    [InlineData(1, 64, 1, 3)]
    [InlineData(1, 64, 1, 1025)]
    [InlineData(-1, -1, -1, 32)]
    public void Argon2id_ParametersOutsideOfTheLimits_AreRefused(int passes, int memoryKiB, int parallelism, int length)
    {
        Assert.False(Argon2id.IsAcceptable(passes, memoryKiB, parallelism, length));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Argon2id.DeriveKey([1], new byte[16], passes, memoryKiB, parallelism, new byte[length]));
    }

    [Fact]
    public void Argon2id_ShortSalt_Throws() =>
        Assert.Throws<ArgumentException>(() => Argon2id.DeriveKey([1], new byte[7], 1, 64, 1, new byte[32]));

    [Theory]
    [InlineData(0, 8, 1, 32)]
    [InlineData(1, 8, 1, 32)]
    [InlineData(1000, 8, 1, 32)]
    [InlineData(1 << 16, 1, 1, 32)]
    [InlineData(1 << 30, 8, 1, 32)]
    [InlineData(1 << 20, 8, 8, 32)]
    [InlineData(2, int.MaxValue, int.MaxValue, 32)]
    [InlineData(1024, 0, 1, 32)]
    [InlineData(1024, 8, 0, 32)]
    [InlineData(1024, -8, -1, 32)]
    [InlineData(int.MinValue, 8, 1, 32)]
    [InlineData(1024, 8, 1, 0)]
    [InlineData(1024, 8, 1, 1025)]
    public void Scrypt_ParametersOutsideOfTheLimits_AreRefused(int n, int r, int p, int length)
    {
        Assert.False(Scrypt.IsAcceptable(n, r, p, length));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scrypt.DeriveKey([1], [2], n, r, p, new byte[length]));
    }

    [Fact]
    public void IsAcceptable_UsualKeystoreParameters_AreWithinTheLimits()
    {
        Assert.True(Scrypt.IsAcceptable(1 << 18, 8, 1, 32)); // ERC-2335
        Assert.True(Scrypt.IsAcceptable(1 << 20, 8, 1, 32));
        Assert.True(Pbkdf2.IsAcceptable(262_144, 32)); // ERC-2335
        Assert.True(Argon2id.IsAcceptable(1, 1 << 20, 4, 32));
        Assert.True(Argon2id.IsAcceptable(3, 1 << 16, 4, 32)); // RFC 9106 §4, second recommendation
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(-1, 32)]
    [InlineData(10_000_001, 32)]
    [InlineData(1, 0)]
    [InlineData(1, 1025)]
    public void Pbkdf2_ParametersOutsideOfTheLimits_AreRefused(int iterations, int length)
    {
        Assert.False(Pbkdf2.IsAcceptable(iterations, length));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pbkdf2.DeriveKey([1], [2], iterations, new byte[length]));
    }

    [VectorFact("mac-kdf/wycheproof_pbkdf2_hmacsha256_test.json")]
    public void Pbkdf2_Wycheproof_Matches()
    {
        using JsonDocument file = VectorJson.Open("mac-kdf/wycheproof_pbkdf2_hmacsha256_test.json");
        int count = 0;
        foreach ((_, JsonElement test) in VectorJson.Wycheproof(file))
        {
            var key = new byte[test.Number("dkLen")];
            Pbkdf2.DeriveKey(test.Hex("password"), test.Hex("salt"), test.Number("iterationCount"), key);
            Assert.True(test.Text("dk") == Convert.ToHexStringLower(key), $"case {test.Number("tcId")}");
            count++;
        }

        Assert.Equal(60, count);
        output.WriteLine($"mac-kdf/wycheproof_pbkdf2_hmacsha256_test.json: {count} vectors");
    }

    [VectorFact("fresh/argon2id_scrypt.json")]
    public void DeriveKey_FreshVectors_Match()
    {
        using JsonDocument file = VectorJson.Open("fresh/argon2id_scrypt.json");
        int count = 0;
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            byte[] password = test.Hex("password");
            byte[] salt = test.Hex("salt");
            var key = new byte[test.Number("dkLen")];
            if (test.Text("kind") == "argon2id")
            {
                Argon2id.DeriveKey(password, salt, test.Number("t"), test.Number("m_KiB"), test.Number("p"), key);
            }
            else
            {
                Scrypt.DeriveKey(password, salt, test.Number("N"), test.Number("r"), test.Number("p"), key);
            }

            Assert.Equal(test.Text("out"), Convert.ToHexStringLower(key));
            count++;
        }

        Assert.NotEqual(0, count);
        output.WriteLine($"fresh/argon2id_scrypt.json: {count} vectors");
    }

    /// <summary>
    /// The file has every second result of 15 cases × {2d, 2i, 2id} × {1.0, 1.3}: the last seven are ours. Inputs
    /// are the bytes 1 to 5 (password), 6 to 10 (salt) and 11 to 15 (pepper), repeated.
    /// </summary>
    [VectorFact("mac-kdf/noble_argon2.json")]
    public void Argon2id_NobleVectors_Match()
    {
        (int Password, int Salt, int Pepper, int Length, int Passes, int Lanes, int Memory)[] cases =
        [
            (0, 8, 0, 4, 1, 1, 8),
            (64, 32, 1, 33, 1, 1, 8),
            (1024, 256, 257, 128, 1, 1, 8),
            (262_144, 65_536, 65_536, 32, 1, 1, 8),
            (32, 16, 0, 32, 4, 3, 24),
            (32, 16, 0, 32, 32, 1, 64),
            (32, 16, 0, 32, 1, 1, 1024),
        ];
        using JsonDocument file = VectorJson.Open("mac-kdf/noble_argon2.json");
        string[] expected = [.. file.RootElement.EnumerateArray().Select(text => text.GetString()!)];
        for (int i = 0; i < cases.Length; i++)
        {
            var (password, salt, pepper, length, passes, lanes, memory) = cases[i];
            var key = new byte[length];
            Argon2id.DeriveKey(
                Pattern(1, password), Pattern(6, salt), Pattern(11, pepper), default, passes, memory, lanes, key);
            Assert.Equal(expected[expected.Length - cases.Length + i], Convert.ToHexStringLower(key));
        }

        output.WriteLine($"mac-kdf/noble_argon2.json: {cases.Length} vectors of Argon2id 1.3");
    }

    private static byte[] Pattern(int first, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(first + (i % 5)))];

    private static byte[] Repeat(byte value, int length) => [.. Enumerable.Repeat(value, length)];
}
