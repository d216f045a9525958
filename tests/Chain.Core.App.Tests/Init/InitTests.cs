using System.Text.Json.Nodes;

namespace Chain.Core.App.Tests.Init;

public sealed class InitTests : IDisposable
{
    private readonly Program _program = new();

    [Fact]
    public async Task Init_OfAnEmptyFolder_MakesAWholeNode()
    {
        ToolResult result = await _program.RunAsync("init", "--consensus", "dev");

        Assert.Equal(0, result.Exit);
        Assert.Equal(["config.json", "data", "genesis.json", "identity.key", "keys"], Directory.EnumerateFileSystemEntries(_program.Home).Select(Path.GetFileName).Order());
        Assert.Equal(0, (await _program.RunAsync("config", "check")).Exit);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_program.Home, "identity.key")));
        }
    }

    [Fact]
    public async Task Init_Twice_OverwritesNothing()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        string[] before = [.. Directory.EnumerateFiles(_program.Home).Order().Select(File.ReadAllText)];

        (await _program.RunAsync("init", "--consensus", "pow")).IsMistake("CC2005", "overwrites nothing");

        Assert.Equal(before, Directory.EnumerateFiles(_program.Home).Order().Select(File.ReadAllText));
    }

    [Fact]
    public async Task Init_WithTheGenesisOfAnother_FollowsTheSameChain()
    {
        ToolResult first = await _program.RunAsync("init", "--json", "--consensus", "pow");
        ToolResult second = await _program.RunAsync("init", "--json", "--home", Path.Combine(_program.User, "second"), "--genesis", Path.Combine(_program.Home, "genesis.json"));

        Assert.Equal((string)JsonNode.Parse(first.Output)!["genesis"]!, (string)JsonNode.Parse(second.Output)!["genesis"]!);
    }

    [Fact]
    public async Task Init_OfASecondFolder_SaysWhichOneLaterCommandsMeanNoLonger()
    {
        ToolResult first = await _program.RunAsync("init", "--consensus", "dev");
        ToolResult second = await _program.RunAsync("init", "--home", Path.Combine(_program.User, "second"), "--consensus", "dev");
        ToolResult third = await _program.RunAsync("init", "--json", "--home", Path.Combine(_program.User, "third"), "--consensus", "dev");

        Assert.DoesNotContain("no longer", first.Output, StringComparison.Ordinal);
        Assert.Contains($"later commands mean this folder and no longer {_program.Home}, unless", second.Output, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(_program.User, "second"), (string)JsonNode.Parse(third.Output)!["before"]!);
    }

    [Fact]
    public async Task Init_OfANamedFolder_IsWhatLaterCommandsMean()
    {
        string home = Path.Combine(_program.User, ".mars");

        await _program.RunAsync("init", "--home", home, "--consensus", "dev");

        Assert.Contains(home, (await _program.RunAsync("config", "check")).Output, StringComparison.Ordinal);
        (await _program.RunAsync("config", "check", "--home", _program.Home)).IsMistake("CC2004", _program.Home);
    }

    [Theory]
    [InlineData("init", "CC2001", "--genesis")]
    [InlineData("init --consensus poa", "CC2001", "poa")]
    [InlineData("init --consensus pos", "CC2007", "keys new validator")]
    [InlineData("init --genesis nowhere.json", "CC2006", "nowhere.json")]
    [InlineData("init --genesis a --consensus dev", "CC2001", "--consensus")]
    [InlineData("inti", "CC2001", "did you mean init?")]
    public async Task Init_WrongCommandLine_IsOneMistake(string line, string code, string hint) =>
        (await _program.RunAsync(line.Split(' '))).IsMistake(code, hint);

    [Theory]
    [InlineData("""{}""", "chain")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"pwo"}}""", "did you mean pow?")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"dev"},"acounts":[]}""", "acounts")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"pos"}}""", "validators")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"pos"},"validators":[{"key":"0x00","stake":1}]}""", "validators.key")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"dev"},"accounts":[{"address":"0x12","amount":1}]}""", "accounts.address")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"dev"},"modules":{"notes":"zz"}}""", "modules.notes")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"dev"},"modules":{"notes":"00"}}""", "notes")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"pow","targetLimit":"hard"}}""", "consensus.targetLimit")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"pow","spacingMilliseconds":-5}}""", "genesis")]
    [InlineData("""{"chain":"x","network":1,"time":"2026-01-01T00:00:00Z","consensus":{"engine":"pos","blockPauseMilliseconds":2000},"validators":[{"key":"0x0101010101010101010101010101010101010101010101010101010101010101","stake":1}]}""", "less than viewTimeoutMilliseconds, which is 1000 here")]
    public async Task Init_WrongGenesis_NamesTheMember(string json, string hint)
    {
        (await _program.RunAsync("init", "--genesis", _program.Write("genesis.json", json))).IsMistake("CC2006", hint);

        Assert.False(Directory.Exists(_program.Home));
    }

    public void Dispose() => _program.Dispose();
}
