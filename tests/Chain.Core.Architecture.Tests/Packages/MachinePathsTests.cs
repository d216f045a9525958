namespace Chain.Core.Architecture.Tests.Packages;

public sealed class MachinePathsTests
{
    // Written in two parts: this file is searched as well.
    [Theory]
    [InlineData("/ho", "me/ada/chain")]
    [InlineData("file:///ro", "ot/chain")]
    [InlineData("\"/Use", "rs/ada\"")]
    [InlineData(@"C:", @"\build\chain")]
    [InlineData(@"D:", @"\\agent")]
    public void IsNamedIn_AbsolutePath_IsFound(string first, string second) => Assert.True(MachinePaths.IsNamedIn(first + second));

    [Theory]
    [InlineData("https://example.org/home/page")]
    [InlineData("state/root/proof")]
    [InlineData("./home/ada")]
    [InlineData("~/chain-data")]
    [InlineData(@"Console.Write(""x:\n"")")]
    public void IsNamedIn_OtherText_IsNot(string line) => Assert.False(MachinePaths.IsNamedIn(line));
}
