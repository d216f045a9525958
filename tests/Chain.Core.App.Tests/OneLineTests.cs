namespace Chain.Core.App.Tests;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("two\nlines", "two lines")]
    [InlineData("\u001b[2Jgone", " [2Jgone")]
    [InlineData("a\u202eb\u2028c\u0007", "a b c ")]
    [InlineData("bjørn 0x12 …", "bjørn 0x12 …")]
    public void Of_TextFromOutside_CannotMoveTheCursor(string text, string shown) => Assert.Equal(shown, OneLine.Of(text));

    [Fact]
    public void Of_LongText_IsCut() => Assert.Equal(401, OneLine.Of(new string('x', 100_000)).Length);
}
