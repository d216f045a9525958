using CsCheck;

namespace Chain.Core.Crypto.Tests.Keys;

public sealed class Base58CheckTests
{
    [Theory]
    [InlineData("", "3QJmnh")]
    [InlineData("00", "1Wh4bh")]
    [InlineData("0000000000000000000000000000000000000000000000", null)]
    public void Encode_LeadingZeros_AreOnes(string hex, string? expected)
    {
        string text = Base58Check.Encode(Convert.FromHexString(hex));

        Assert.StartsWith(new string('1', hex.Length / 2), text, StringComparison.Ordinal);
        Assert.Equal(expected ?? text, text);
        Assert.True(Base58Check.TryDecode(text, out byte[]? payload));
        Assert.Equal(hex, Convert.ToHexString(payload));
    }

    [Fact]
    public void Encode_FirstAddressOfBitcoin_IsKnown() => Assert.Equal(
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        Base58Check.Encode(Convert.FromHexString("0062e907b15cbf27d5425399ebf6f0fb50ebb88f18")));

    [Fact]
    public void TryDecode_AnyPayload_GivesItBack() =>
        Gen.Byte.Array[0, 80].Sample(
            payload => Base58Check.TryDecode(Base58Check.Encode(payload), out byte[]? read) && read.AsSpan().SequenceEqual(payload),
            iter: 300);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")]
    [InlineData("11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN\u00e9")]
    public void TryDecode_OtherText_IsRefused(string text) => Assert.False(Base58Check.TryDecode(text, out _));

    [Fact]
    public void TryDecode_LongText_IsRefusedBeforeWork() => Assert.False(Base58Check.TryDecode(new string('1', 1 << 20), out _));
}
