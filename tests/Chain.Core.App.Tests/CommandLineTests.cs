namespace Chain.Core.App.Tests;

/// <summary>A slip of the finger in any verb: exit code 78, at most three lines, what was wrong, and no stack trace.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly Program _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("", "CC2001", "--help")]
    [InlineData("ini", "CC2001", "did you mean init?")]
    [InlineData("init --consensus pso", "CC2001", "did you mean pos?")]
    [InlineData("init --consensus pso", "CC2001", "--consensus: 'pso'")]
    [InlineData("init --genesis nowhere.json", "CC2006", "nowhere.json is not there")]
    [InlineData("run", "CC2004", "chain init")]
    [InlineData("run --home nowhere", "CC2004", "nowhere")]
    [InlineData("run --set Rpc:Prot=1", "CC2004", "chain init")]
    [InlineData("status --rpc localhost:1", "CC2003", "http://127.0.0.1:8645")]
    [InlineData("keys nwe account", "CC2001", "did you mean new?")]
    [InlineData("keys new accuont", "CC2001", "did you mean account?")]
    [InlineData("keys show nobody", "CC2007", "keys list")]
    [InlineData("tx sned", "CC2001", "did you mean send?")]
    [InlineData("tx send --from a", "CC2001", "--to")]
    [InlineData("tx show 0x12", "CC2001", "32 bytes")]
    [InlineData("tx submit nowhere", "CC2013", "tx sign")]
    [InlineData("tx send --from a --to b --amount five", "CC2001", "--amount: 'five'")]
    [InlineData("send alice bob five", "CC2001", "a whole number")]
    [InlineData("send alice bbo 5", "CC2031", "did you mean bob?")]
    [InlineData("config chekc", "CC2001", "did you mean check?")]
    [InlineData("checkpoint verify nowhere", "CC2014", "checkpoint export")]
    [InlineData("replay --compare a b", "CC2004", "config.json")]
    [InlineData("dev --port x", "CC2001", "--port: 'x'")]
    [InlineData("dev --port 99999", "CC2001", "--port: expected 0 to 65535")]
    [InlineData("dev --admin-port x", "CC2001", "a whole number")]
    [InlineData("dev --admin-port 99999999999", "CC2001", "--admin-port")]
    [InlineData("dev --prot 1", "CC2001", "did you mean --port?")]
    [InlineData("testnet upp", "CC2001", "did you mean up?")]
    [InlineData("testnet up -n x", "CC2001", "a whole number")]
    [InlineData("testnet up -n 11", "CC2001", "-n: expected 1 to 10")]
    [InlineData("testnet kill one --dir nowhere", "CC2001", "a whole number")]
    [InlineData("explain CC9999", "CC2015", "CC9999")]
    [InlineData("completion bsh", "CC2001", "did you mean bash?")]
    [InlineData("--jsn status", "CC2001", "did you mean --json?")]
    public async Task Verb_WithASlip_IsOneMistake(string line, string code, string hint) =>
        (await _program.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).IsMistake(code, hint);

    [Fact]
    public async Task Configuration_CutInTheMiddle_SaysWhere()
    {
        await _program.RunAsync("init", "--consensus", "dev");
        File.WriteAllText(Path.Combine(_program.Home, "config.json"), "{ \"Rpc\":\n { \"Port\": ");

        (await _program.RunAsync("run")).IsMistake("CC2004", "LineNumber: 1");
        (await _program.RunAsync("config", "check")).IsMistake("CC2004", "expected JSON");
    }
}
