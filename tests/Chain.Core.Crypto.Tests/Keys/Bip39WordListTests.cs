using System.Text;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Keys;

public sealed class Bip39WordListTests(ITestOutputHelper output)
{
    [VectorFact(Bip39WordLists.EnglishPath)]
    public void TryParse_PublishedEnglishList_IsKnownAsSuch()
    {
        Bip39WordList english = Bip39WordLists.English();

        Assert.True(english.IsEnglish);
        Assert.Equal("abandon", english[0]);
        Assert.Equal("zoo", english[2047]);
        output.WriteLine($"{Bip39WordLists.EnglishPath}: {Bip39WordList.Count} words");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void TryParse_OtherLineEnds_GiveTheSameWords(string lineEnd)
    {
        string text = Bip39WordLists.MadeUpText().Replace("\n", lineEnd, StringComparison.Ordinal) + lineEnd;

        Assert.True(Bip39WordList.TryParse(Encoding.UTF8.GetBytes(text), out Bip39WordList? list));
        Assert.Equal("w0001", list[1]);
        Assert.False(list.IsEnglish);
    }

    [Fact]
    public void TryParse_ComposedLetters_AreDecomposed()
    {
        string text = Bip39WordLists.MadeUpText().Replace("w0007", "caf\u00e9", StringComparison.Ordinal);

        Assert.True(Bip39WordList.TryParse(Encoding.UTF8.GetBytes(text), out Bip39WordList? list));
        Assert.Equal("cafe\u0301", list[7]);
    }

    [Theory]
    [InlineData("w2047", "")]
    [InlineData("w2047", "w0001")]
    [InlineData("w0003\n", "")]
    [InlineData("w0003", "w0003\nw9999")]
    [InlineData("w0003", "two words")]
    [InlineData("w0003\nw0004", "\nw0004")]
    [InlineData("w0003", "w\ufffe")]
    public void TryParse_OtherThan2048DifferentWords_IsRefused(string old, string changed)
    {
        string text = Bip39WordLists.MadeUpText().Replace(old, changed, StringComparison.Ordinal);

        Assert.False(Bip39WordList.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void TryParse_BytesThatAreNoText_AreRefused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Bip39WordLists.MadeUpText());
        bytes[2] = 0xff;

        Assert.False(Bip39WordList.TryParse(bytes, out _));
        Assert.False(Bip39WordList.TryParse([], out _));
        Assert.False(Bip39WordList.TryParse(new byte[1 << 20], out _));
    }
}
