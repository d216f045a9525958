using System.Text.Json.Nodes;

namespace Chain.Core.App.Tests.Keys;

public sealed class KeyTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Program _program = new();

    private string ValidatorFile => Path.Combine(_program.Home, "keys", "validator.json");

    [Fact]
    public async Task New_Validator_IsEncryptedForItsOwnerOnly()
    {
        ToolResult made = await _program.NewKeyAsync("validator", "validator");

        Assert.Equal(0, made.Exit);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(ValidatorFile) == OwnerOnly);
        Assert.DoesNotContain(Program.Passphrase, File.ReadAllText(ValidatorFile), StringComparison.Ordinal);
        Assert.Contains("validator", (await _program.RunAsync("keys", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_NameThatIsTaken_OverwritesNothing()
    {
        await _program.NewKeyAsync("validator", "validator");
        string before = File.ReadAllText(ValidatorFile);

        (await _program.NewKeyAsync("account", "validator")).IsMistake("CC2007", "never overwritten");

        Assert.Equal(before, File.ReadAllText(ValidatorFile));
    }

    [Fact]
    public async Task New_PassphraseFileThatOthersRead_IsRefused()
    {
        string file = _program.Write("passphrase", Program.Passphrase, OwnerOnly | UnixFileMode.GroupRead);

        if (!OperatingSystem.IsWindows())
        {
            (await _program.RunAsync("keys", "new", "account", "--passphrase-file", file)).IsMistake("CC2008", "chmod 600");
        }
    }

    [Theory]
    [InlineData("short\n", "CC2009", "at least 8")]
    [InlineData("", "CC2009", "no passphrase")]
    public async Task New_PassphraseThatIsNone_IsRefused(string input, string code, string hint) =>
        (await _program.RunWithInputAsync(input, "keys", "new", "account", "--passphrase-stdin")).IsMistake(code, hint);

    [Fact]
    public async Task New_NobodyToAsk_SaysHowToGiveAPassphrase() =>
        (await _program.RunAsync("keys", "new", "account")).IsMistake("CC2009", "--passphrase-file");

    [Theory]
    [InlineData("keys new account --name ../up --passphrase-stdin", "CC2007", "letters")]
    [InlineData("keys new miner", "CC2001", "miner")]
    [InlineData("keys show valdiator", "CC2007", "did you mean validator?")]
    [InlineData("keys import account genesis.json --name other --passphrase-stdin", "CC2007", "genesis.json")]
    public async Task Keys_WrongCommandLine_IsOneMistake(string line, string code, string hint)
    {
        await _program.NewKeyAsync("validator", "validator");
        _program.Write("genesis.json", "{}");

        (await _program.RunWithInputAsync("a long passphrase\n", [.. line.Split(' ').Select(word => word == "genesis.json" ? Path.Combine(_program.User, word) : word)]))
            .IsMistake(code, hint);
    }

    [Fact]
    public async Task Export_ThenImport_IsTheSameKeyUnderTheSamePassphrase()
    {
        await _program.NewKeyAsync("account", "alice");
        string file = Path.Combine(_program.User, "moved.json");

        Assert.Equal(0, (await _program.RunAsync("keys", "export", "alice", "--out", file)).Exit);
        (await _program.RunWithInputAsync("another passphrase\n", "keys", "import", "account", file, "--name", "bob", "--passphrase-stdin")).IsMistake("CC2009", "moved.json");
        ToolResult taken = await _program.RunWithInputAsync($"{Program.Passphrase}\n", "keys", "import", "account", file, "--name", "bob", "--passphrase-stdin");

        Assert.Equal(0, taken.Exit);
        Assert.Equal(await AddressAsync("alice"), await AddressAsync("bob"));
    }

    public void Dispose() => _program.Dispose();

    private async Task<string> AddressAsync(string name) => (string)JsonNode.Parse((await _program.RunAsync("keys", "show", name, "--json")).Output)!["address"]!;
}
