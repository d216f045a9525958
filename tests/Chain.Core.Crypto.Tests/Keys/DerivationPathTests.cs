namespace Chain.Core.Crypto.Tests.Keys;

public sealed class DerivationPathTests
{
    [Theory]
    [InlineData("m", "m", new uint[0])]
    [InlineData("m/0", "m/0", new[] { 0u })]
    [InlineData("m/44'/1h/2H/2147483647", "m/44'/1'/2'/2147483647", new uint[] { 0x8000002c, 0x80000001, 0x80000002, 0x7fffffff })]
    [InlineData("m/2147483647H", "m/2147483647'", new uint[] { 0xffffffff })]
    public void TryParse_Path_GivesIndexesAndTheirText(string text, string canonical, uint[] indexes)
    {
        Assert.True(DerivationPath.TryParse(text, out DerivationPath? path));
        Assert.Equal(indexes, path.Indexes);
        Assert.Equal(canonical, path.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("m/")]
    [InlineData("m0")]
    [InlineData("/0")]
    [InlineData("m//0")]
    [InlineData("m/0/")]
    [InlineData("m/'")]
    [InlineData("m/0''")]
    [InlineData("m/-1")]
    [InlineData("m/+1")]
    [InlineData("m/ 1")]
    [InlineData("m/1x")]
    [InlineData("m/2147483648")]
    [InlineData("m/4294967296")]
    [InlineData("m/99999999999999999999")]
    public void TryParse_OtherText_IsRefused(string? text) => Assert.False(DerivationPath.TryParse(text, out _));

    [Fact]
    public void TryParse_MoreThan255Steps_IsRefused()
    {
        string deepest = "m" + string.Concat(Enumerable.Repeat("/1", DerivationPath.MaxDepth));

        Assert.True(DerivationPath.TryParse(deepest, out _));
        Assert.False(DerivationPath.TryParse(deepest + "/1", out _));
        Assert.Throws<ArgumentException>(() => new DerivationPath(new uint[256]));
    }

    [Fact]
    public void Parse_OtherText_Throws() => Assert.Throws<FormatException>(() => DerivationPath.Parse("44'/0"));
}
