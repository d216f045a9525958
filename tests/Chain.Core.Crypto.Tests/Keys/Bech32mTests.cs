using CsCheck;

namespace Chain.Core.Crypto.Tests.Keys;

public sealed class Bech32mTests
{
    private static readonly string[] Prefixes = ["c", "main", "x1y", "!~"];

    [Theory] // BIP-350, "Test vectors": valid Bech32m
    [InlineData("A1LQFN3A")]
    [InlineData("a1lqfn3a")]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6")]
    [InlineData("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx")]
    [InlineData("11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperredlc445v")]
    [InlineData("?1v759aa")]
    public void TryRead_ValidExamplesOfTheBip_AreWrittenTheSame(string text)
    {
        Assert.True(Bech32mSymbols.TryRead(text, out string prefix, out byte[] symbols));
        Assert.Equal(text.ToLowerInvariant(), Bech32mSymbols.Write(prefix, symbols));
    }

    [Theory] // BIP-350, "Test vectors": invalid Bech32m
    [InlineData("\u00201xj0phk")]
    [InlineData("\u007f1g6xzxy")]
    [InlineData("\u00801vctc34")]
    [InlineData("an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4")]
    [InlineData("qyrz8wqd2c9m")]
    [InlineData("1qyrz8wqd2c9m")]
    [InlineData("y1b0jsk6g")]
    [InlineData("lt1igcx5c0")]
    [InlineData("in1muywd")]
    [InlineData("mm1crxm3i")]
    [InlineData("au1s5cgom")]
    [InlineData("M1VUXWEZ")]
    [InlineData("16plkw9")]
    [InlineData("1p2gdwpf")]
    [InlineData("A1lqfn3a")] // both cases
    [InlineData("a12uel5l")] // valid Bech32 of BIP-173, which has another constant
    [InlineData("")]
    [InlineData(null)]
    public void TryDecode_InvalidText_IsRefused(string? text)
    {
        Assert.False(Bech32mSymbols.TryRead(text, out _, out _));
        Assert.False(Bech32m.TryDecode(text, out _, out _));
    }

    [Fact]
    public void TryDecode_Address_IsForItsNetworkOnly()
    {
        string address = Bech32m.Encode("chain", [1, 2, 3]);

        Assert.True(Bech32m.TryDecode(address.ToUpperInvariant(), "chain", out byte[]? data));
        Assert.Equal([1, 2, 3], data);
        Assert.False(Bech32m.TryDecode(address, "chaintest", out data));
        Assert.Null(data);
    }

    [Fact]
    public void TryDecode_AnyBytes_ComeBack() =>
        Gen.Select(Gen.Int[0, 3].Select(i => Prefixes[i]), Gen.Byte.Array[0, 48]).Sample(
            (prefix, data) => Bech32m.TryDecode(Bech32m.Encode(prefix, data), out string? read, out byte[]? bytes)
                && read == prefix && bytes.AsSpan().SequenceEqual(data),
            iter: 500);

    [Fact]
    public void TryDecode_UpToFourWrongLetters_AreFound()
    {
        const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        string address = Bech32m.Encode("main", new byte[32]);
        Gen.Select(Gen.Int[5, address.Length - 1].Array[1, 4], Gen.Int[1, 31].Array[4]).Sample(
            (places, shifts) =>
            {
                char[] changed = address.ToCharArray();
                foreach ((int place, int shift) in places.Distinct().Zip(shifts))
                {
                    changed[place] = Alphabet[(Alphabet.IndexOf(changed[place], StringComparison.Ordinal) + shift) % 32];
                }

                return !Bech32m.TryDecode(new string(changed), out _, out _);
            },
            iter: 2000);
    }

    [Fact]
    public void TryDecode_SecondSpellingOfTheSameBytes_IsRefused()
    {
        // One byte is two symbols with two bits of zero; neither other bits nor a third symbol say the same byte again.
        Assert.True(Bech32m.TryDecode(Bech32mSymbols.Write("a", [31, 28]), out _, out byte[]? data));
        Assert.Equal([0xff], data);
        Assert.False(Bech32m.TryDecode(Bech32mSymbols.Write("a", [31, 29]), out _, out _));
        Assert.False(Bech32m.TryDecode(Bech32mSymbols.Write("a", [31, 28, 0]), out _, out _));
    }

    [Fact]
    public void TryDecode_AnyText_NeverThrows() =>
        Gen.String[0, 120].Sample(text => !Bech32m.TryDecode(text, out _, out _), iter: 1000);

    [Theory]
    [InlineData("", 1)]
    [InlineData("Main", 1)]
    [InlineData("a b", 1)]
    [InlineData("\u00e9", 1)]
    [InlineData("main", 50)]
    public void Encode_BadPrefixOrTooLong_Throws(string prefix, int length) =>
        Assert.Throws<ArgumentException>(() => Bech32m.Encode(prefix, new byte[length]));

    [Fact]
    public void Encode_LongestData_Fills90Characters() => Assert.Equal(90, Bech32m.Encode("main", new byte[49]).Length);
}
