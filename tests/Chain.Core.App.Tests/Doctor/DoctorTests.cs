namespace Chain.Core.App.Tests.Doctor;

public sealed class DoctorTests : IDisposable
{
    private readonly Program _program = new();

    [Fact]
    public async Task Doctor_OfANewNode_FindsAllWell()
    {
        await _program.RunAsync("init", "--consensus", "dev");

        ToolResult result = await _program.RunAsync("doctor");

        Assert.True(result.Exit == 0, result.Output);
        Assert.All(
            (string[])["configuration", "genesis", "descriptors", "clock", "free disk", "data", "key files", "producer", "port 0", "peers"],
            check => Assert.Contains(check, result.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("config.json", "{ \"P2P\": { \"Prot\": 1 } }", "fail  configuration  CC2002")]
    [InlineData("genesis.json", "{}", "fail  genesis        CC2006")]
    [InlineData("identity.key", null, "fail  key files")]
    [InlineData("keys/alice.json", "{}", "CC2007")]
    public async Task Doctor_FileThatIsWrong_IsNamed(string file, string? content, string finding)
    {
        await _program.RunAsync("init", "--consensus", "dev");
        string path = Path.Combine(_program.Home, file);
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllText(path, content);
        }

        ToolResult result = await _program.RunAsync("doctor");

        Assert.NotEqual(0, result.Exit);
        Assert.Contains(finding, result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_KeyThatOthersRead_FailsWithTheCommandThatHelps()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        string path = Path.Combine(_program.Home, "identity.key");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);

            ToolResult result = await _program.RunAsync("doctor");

            Assert.Equal(1, result.Exit);
            Assert.Contains($"chmod 600 {path}", result.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _program.Dispose();
}
