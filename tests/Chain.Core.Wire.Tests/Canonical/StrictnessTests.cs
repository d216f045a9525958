using System.Text;

namespace Chain.Core.Wire.Tests.Canonical;

/// <summary>Every value has one spelling. The tables hold the others that MessagePack allows.</summary>
[Trait("Fault", "4")]
public sealed class StrictnessTests
{
    [Theory]
    [InlineData("01", WireError.None)]
    [InlineData("cc01", WireError.NotCanonical)]
    [InlineData("cd0001", WireError.NotCanonical)]
    [InlineData("ce00000001", WireError.NotCanonical)]
    [InlineData("cf0000000000000001", WireError.NotCanonical)]
    [InlineData("d001", WireError.WrongType)]
    [InlineData("d10001", WireError.WrongType)]
    [InlineData("d200000001", WireError.WrongType)]
    [InlineData("d30000000000000001", WireError.WrongType)]
    [InlineData("ca3f800000", WireError.WrongType)]
    [InlineData("cb3ff0000000000000", WireError.WrongType)]
    [InlineData("c3", WireError.WrongType)]
    [InlineData("c0", WireError.WrongType)]
    [InlineData("ff", WireError.WrongType)]
    [InlineData("", WireError.Truncated)]
    [InlineData("0101", WireError.TrailingBytes)]
    public void ReadUInt64_SpellingsOfOne_OnlyTheShortestPasses(string bytes, WireError expected)
    {
        var reader = new WireReader(Convert.FromHexString(bytes));
        bool read = reader.TryReadUInt64(out ulong value) && reader.TryEnd();
        Assert.Equal(expected, reader.Error);
        Assert.Equal(expected == WireError.None, read);
        Assert.True(!read || value == 1);
    }

    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "cc80")]
    [InlineData(255UL, "ccff")]
    [InlineData(256UL, "cd0100")]
    [InlineData(65535UL, "cdffff")]
    [InlineData(65536UL, "ce00010000")]
    [InlineData(4294967295UL, "ceffffffff")]
    [InlineData(4294967296UL, "cf0000000100000000")]
    [InlineData(ulong.MaxValue, "cfffffffffffffffff")]
    public void UInt64_AtEachWidth_IsShortest(ulong value, string expected)
    {
        byte[] written = new WireWriter(0).UInt64(value).ToArray();
        Assert.Equal(expected, Convert.ToHexStringLower(written));
        var reader = new WireReader(written);
        Assert.True(reader.TryReadUInt64(out ulong read) && reader.TryEnd());
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("cc7f")]
    [InlineData("cd00ff")]
    [InlineData("ce0000ffff")]
    [InlineData("cf00000000ffffffff")]
    public void ReadUInt64_OneBelowTheSmallestOfAWidth_IsNotCanonical(string bytes)
    {
        var reader = new WireReader(Convert.FromHexString(bytes));
        Assert.False(reader.TryReadUInt64(out _));
        Assert.Equal(WireError.NotCanonical, reader.Error);
    }

    [Theory]
    [InlineData("92", 2, WireError.None)]
    [InlineData("dc0002", 2, WireError.NotCanonical)]
    [InlineData("dd00000002", 2, WireError.NotCanonical)]
    [InlineData("dc000f", 15, WireError.NotCanonical)]
    [InlineData("dc0010", 16, WireError.None)]
    [InlineData("dd00000010", 16, WireError.NotCanonical)]
    [InlineData("dd0000ffff", 65535, WireError.NotCanonical)]
    [InlineData("dcffff", 65535, WireError.None)]
    [InlineData("dd00010000", 65536, WireError.None)]
    [InlineData("82", 2, WireError.WrongType)]
    [InlineData("de0002", 2, WireError.WrongType)]
    [InlineData("a2", 2, WireError.WrongType)]
    [InlineData("c402", 2, WireError.WrongType)]
    public void ReadArrayHeader_Spellings_OnlyTheShortestPasses(string header, int count, WireError expected)
    {
        byte[] bytes = [.. Convert.FromHexString(header), .. new byte[count]];
        var reader = new WireReader(bytes);
        Assert.Equal(expected == WireError.None, reader.TryReadArrayHeader(100_000, out int read));
        Assert.Equal(expected, reader.Error);
        Assert.Equal(expected == WireError.None ? count : 0, read);
    }

    [Theory]
    [InlineData("c40161", WireError.None)]
    [InlineData("c5000161", WireError.NotCanonical)]
    [InlineData("c60000000161", WireError.NotCanonical)]
    [InlineData("a161", WireError.WrongType)]
    [InlineData("d90161", WireError.WrongType)]
    [InlineData("9161", WireError.WrongType)]
    [InlineData("d40161", WireError.WrongType)]
    [InlineData("c7010161", WireError.WrongType)]
    public void ReadBytes_Spellings_OnlyTheShortestPasses(string bytes, WireError expected)
    {
        var reader = new WireReader(Convert.FromHexString(bytes));
        Assert.Equal(expected == WireError.None, reader.TryReadBytes(10, out ReadOnlyMemory<byte> value) && reader.TryEnd());
        Assert.Equal(expected, reader.Error);
        Assert.Equal(expected == WireError.None ? "61" : "", Convert.ToHexStringLower(value.Span));
    }

    [Theory]
    [InlineData("a161", WireError.None)]
    [InlineData("d90161", WireError.NotCanonical)]
    [InlineData("da000161", WireError.NotCanonical)]
    [InlineData("db0000000161", WireError.NotCanonical)]
    [InlineData("c40161", WireError.WrongType)]
    [InlineData("9161", WireError.WrongType)]
    public void ReadString_Spellings_OnlyTheShortestPasses(string bytes, WireError expected)
    {
        var reader = new WireReader(Convert.FromHexString(bytes));
        Assert.Equal(expected == WireError.None, reader.TryReadString(10, out string? value) && reader.TryEnd());
        Assert.Equal(expected, reader.Error);
        Assert.Equal(expected == WireError.None ? "a" : null, value);
    }

    [Theory]
    [InlineData("c0af")] // overlong '/'
    [InlineData("e080af")]
    [InlineData("f08080af")]
    [InlineData("c180")]
    [InlineData("eda080")] // half of a surrogate pair
    [InlineData("edbfbf")]
    [InlineData("f4908080")] // above U+10FFFF
    [InlineData("f5808080")]
    [InlineData("80")] // continuation alone
    [InlineData("c3")] // cut off
    [InlineData("e282")]
    [InlineData("ff")]
    [InlineData("fe")]
    public void ReadString_IllFormedUtf8_IsRefused(string utf8)
    {
        byte[] text = Convert.FromHexString(utf8);
        byte[] bytes = [(byte)(0xa0 + text.Length), .. text];
        var reader = new WireReader(bytes);
        Assert.False(reader.TryReadString(10, out _));
        Assert.Equal(WireError.NotCanonical, reader.Error);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(31, 1, 31)]
    [InlineData(32, 2, 32)]
    [InlineData(255, 2, 255)]
    [InlineData(256, 3, 256)]
    [InlineData(65535, 3, 65535)]
    [InlineData(65536, 5, 65536)]
    public void String_AtEachWidth_IsShortestAndReadsBack(int length, int header, int limit)
    {
        string text = new('x', length);
        byte[] written = new WireWriter(0).String(text).ToArray();
        Assert.Equal(header + length, written.Length);
        var reader = new WireReader(written);
        Assert.True(reader.TryReadString(limit, out string? read) && reader.TryEnd());
        Assert.Equal(text, read);
        var strict = new WireReader(written);
        Assert.False(strict.TryReadString(limit - 1, out _));
        Assert.Equal(WireError.TooLong, strict.Error);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(255, 2)]
    [InlineData(256, 3)]
    [InlineData(65535, 3)]
    [InlineData(65536, 5)]
    public void Bytes_AtEachWidth_AreShortestAndReadBack(int length, int header)
    {
        var value = new byte[length];
        byte[] written = new WireWriter(0).Bytes(value).ToArray();
        Assert.Equal(header + length, written.Length);
        var reader = new WireReader(written);
        Assert.True(reader.TryReadExactBytes(length, out ReadOnlyMemory<byte> read) && reader.TryEnd());
        Assert.True(read.Span.SequenceEqual(value));
        var longer = new WireReader(written);
        Assert.False(longer.TryReadExactBytes(length + 1, out _));
        Assert.Equal(WireError.OutOfRange, longer.Error);
    }

    [Fact]
    public void String_OutsideAscii_IsUtf8()
    {
        foreach (string text in new[] { "ä", "€", "𝄞", "e\u0301", "é", "\0", "\uffff" })
        {
            byte[] written = new WireWriter().String(text).ToArray();
            Assert.Equal(Encoding.UTF8.GetBytes(text), written[1..]);
            var reader = new WireReader(written);
            Assert.True(reader.TryReadString(10, out string? read));
            Assert.Equal(text, read);
        }
    }

    [Fact]
    public void String_HalfASurrogatePair_Throws() =>
        Assert.Throws<EncoderFallbackException>(() => new WireWriter().String("\ud834"));

    [Theory]
    [InlineData("c2", true, false)]
    [InlineData("c3", true, true)]
    [InlineData("00", false, false)]
    [InlineData("01", false, false)]
    [InlineData("c0", false, false)]
    public void ReadBoolean_Spellings_OnlyTwoPass(string bytes, bool passes, bool expected)
    {
        var reader = new WireReader(Convert.FromHexString(bytes));
        Assert.Equal(passes, reader.TryReadBoolean(out bool value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData(new byte[] { 0x05 }, 5u, true)]
    [InlineData(new byte[] { 0x06 }, 5u, false)]
    [InlineData(new byte[] { 0xcf, 0, 0, 0, 1, 0, 0, 0, 5 }, uint.MaxValue, false)]
    public void ReadUInt32_AboveTheMaximum_IsRefused(byte[] bytes, uint max, bool passes)
    {
        var reader = new WireReader(bytes);
        Assert.Equal(passes, reader.TryReadUInt32(out uint value, max));
        Assert.Equal(passes ? 5u : 0u, value);
    }

    [Fact]
    public void Reader_AfterAFailure_StaysFailedWithTheFirstReason()
    {
        var reader = new WireReader(Convert.FromHexString("cc010203"));
        Assert.False(reader.TryReadUInt64(out _));
        Assert.False(reader.TryReadUInt64(out _));
        Assert.False(reader.TryReadBytes(10, out _));
        Assert.False(reader.TryEnd());
        Assert.Equal(WireError.NotCanonical, reader.Error);
    }

    [Theory]
    [InlineData("ddffffffff")]
    [InlineData("dcffff0000")]
    [InlineData("dd7fffffff00")]
    [InlineData("9f")]
    public void ReadArrayHeader_CountThatCannotFit_IsRefusedAtOnce(string bytes)
    {
        var reader = new WireReader(Convert.FromHexString(bytes));
        Assert.False(reader.TryReadArrayHeader(int.MaxValue, out int count));
        Assert.Equal(0, count);
        Assert.Contains(reader.Error, new[] { WireError.Truncated, WireError.TooLong });
    }

    [Theory]
    [InlineData(34, 10, 340, true)]
    [InlineData(34, 10, 339, false)]
    [InlineData(1, 16, 16, true)]
    [InlineData(int.MaxValue, 1, 100, false)]
    public void ReadArrayHeader_ElementsOfAKnownSize_MustFit(int elementBytes, int count, int bytesLeft, bool passes)
    {
        byte[] bytes = [.. new WireWriter().ArrayHeader(count).ToArray(), .. new byte[bytesLeft]];
        var reader = new WireReader(bytes);
        Assert.Equal(passes, reader.TryReadArrayHeader(100, elementBytes, out _));
    }

    [Fact]
    public void Writer_NegativeArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WireWriter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WireWriter().ArrayHeader(-1));
    }

    [Fact]
    public void Writer_Cleared_StartsAnew()
    {
        var writer = new WireWriter(1);
        writer.String("something long enough to grow the buffer").Clear();
        Assert.Equal("c3", Convert.ToHexStringLower(writer.Boolean(true).ToArray()));
    }
}
