using System.Text.Json;
using Chain.Core.Testing;
using CsCheck;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.KeyAgreement;

public sealed class X25519Tests(ITestOutputHelper output)
{
    [Theory] // RFC 7748 §5.2
    [InlineData(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void TryAgree_SpecificationExample_Matches(string scalar, string point, string expected)
    {
        var shared = new byte[X25519.KeySize];
        Assert.True(X25519.TryAgree(Convert.FromHexString(scalar), Convert.FromHexString(point), shared));
        Assert.Equal(expected, Convert.ToHexStringLower(shared));
    }

    [Fact] // RFC 7748 §5.2
    public void TryAgree_ThousandIterations_MatchesSpecification()
    {
        byte[] k = Convert.FromHexString("0900000000000000000000000000000000000000000000000000000000000000");
        byte[] u = [.. k];
        for (int i = 0; i < 1000; i++)
        {
            var next = new byte[X25519.KeySize];
            Assert.True(X25519.TryAgree(k, u, next));
            (k, u) = (next, k);
        }

        Assert.Equal("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", Convert.ToHexStringLower(k));
    }

    [Fact] // RFC 7748 §6.1
    public void PrivateKey_AliceAndBob_AgreeAsInTheSpecification()
    {
        using X25519PrivateKey alice = Key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        using X25519PrivateKey bob = Key("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        var shared = new byte[X25519.KeySize];

        Assert.Equal("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", Text(alice.PublicKey.Span));
        Assert.Equal("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", Text(bob.PublicKey.Span));
        Assert.True(alice.TryAgree(bob.PublicKey.Span, shared));
        Assert.Equal("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Text(shared));
        Assert.True(bob.TryAgree(alice.PublicKey.Span, shared));
        Assert.Equal("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", Text(shared));
    }

    [Theory] // The points of small order, canonical and not
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    public void TryAgree_PointOfSmallOrder_IsRefused(string point)
    {
        var shared = new byte[X25519.KeySize];
        shared.AsSpan().Fill(0xaa);
        using X25519PrivateKey key = Key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");

        Assert.False(key.TryAgree(Convert.FromHexString(point), shared));
        Assert.All(shared, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void TryAgree_PeerKeyOfWrongLength_IsRefused(int length)
    {
        using X25519PrivateKey key = Key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        Assert.False(key.TryAgree(new byte[length], new byte[X25519.KeySize]));
        Assert.Throws<ArgumentException>(() => X25519.TryAgree(new byte[length], new byte[32], new byte[32]));
        Assert.Throws<ArgumentException>(() => new X25519PrivateKey(new byte[length]));
    }

    [Fact]
    public void Dispose_ThenAgree_Throws()
    {
        X25519PrivateKey key = Key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] peer = key.PublicKey.ToArray();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.TryAgree(peer, new byte[32]));
    }

    [Fact]
    public void TryAgree_RandomPairs_BothSidesAgree() =>
        Gen.Byte.Array[X25519.KeySize].Select(Gen.Byte.Array[X25519.KeySize]).Sample(
            (a, b) =>
            {
                using var alice = new X25519PrivateKey(a);
                using var bob = new X25519PrivateKey(b);
                var one = new byte[X25519.KeySize];
                var other = new byte[X25519.KeySize];
                return alice.TryAgree(bob.PublicKey.Span, one) && bob.TryAgree(alice.PublicKey.Span, other)
                    && one.AsSpan().SequenceEqual(other);
            },
            iter: LongRun.Count(50, 10_000),
            seed: "0N0XIzNsQ0O2");

    [VectorFact("dh/wycheproof_x25519_test.json")]
    public void TryAgree_Wycheproof_Matches()
    {
        using JsonDocument file = VectorJson.Open("dh/wycheproof_x25519_test.json");
        int count = 0;
        foreach ((_, JsonElement test) in VectorJson.Wycheproof(file))
        {
            byte[] expected = test.Hex("shared");
            var shared = new byte[X25519.KeySize];
            bool agreed = X25519.TryAgree(test.Hex("private"), test.Hex("public"), shared);

            Assert.True(agreed == expected.Any(value => value != 0), $"case {test.Number("tcId")}");
            Assert.Equal(expected, shared);
            count++;
        }

        Assert.Equal(518, count);
        output.WriteLine($"dh/wycheproof_x25519_test.json: {count} vectors");
    }

    [VectorFact("fresh/x25519.json")]
    public void TryAgree_FreshVectors_Match()
    {
        using JsonDocument file = VectorJson.Open("fresh/x25519.json");
        int count = 0;
        foreach (JsonElement test in VectorJson.Cases(file))
        {
            var shared = new byte[X25519.KeySize];
            Assert.True(X25519.TryAgree(test.Hex("priv"), test.Hex("pub"), shared));
            Assert.Equal(test.Text("shared"), Text(shared));
            count++;
        }

        Assert.NotEqual(0, count);
        output.WriteLine($"fresh/x25519.json: {count} vectors");
    }

    private static X25519PrivateKey Key(string hex) => new(Convert.FromHexString(hex));

    private static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
