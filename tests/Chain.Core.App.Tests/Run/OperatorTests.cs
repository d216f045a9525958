using System.Net;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Tests.Run;

/// <summary>What an operator does from the first minute on, as the specification of the faces writes it, with the tool's own code.</summary>
[Collection(nameof(OperatorTests))]
[CollectionDefinition(nameof(OperatorTests), DisableParallelization = true)] // the meters of a process are one scrape
public sealed class OperatorTests : IDisposable
{
    private readonly Program _program = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Operator_OfAValidator_StartsAsksPaysAndStartsAgain()
    {
        // chain keys new validator; chain init; chain doctor
        JsonNode alice = await KeyAsync("account", "alice");
        JsonNode validator = await KeyAsync("validator", "validator");
        string genesis = _program.Write("genesis.json", GenesisOf(validator, alice));
        Assert.Equal(0, (await _program.RunAsync("init", "--home", _program.Home, "--genesis", genesis)).Exit);
        ToolResult doctor = await _program.RunAsync("doctor");
        Assert.True(doctor.Exit == 0, doctor.Output);
        Assert.Contains("ok    producer       votes with", doctor.Output, StringComparison.Ordinal);

        // chain run; curl health; curl metrics | grep chain_block_height
        string height;
        await using (RunningNode node = await RunningNode.StartAsync(_program, $"{Program.Passphrase}\n", "--passphrase-stdin"))
        {
            using HttpResponseMessage ready = await _http.GetAsync(new Uri(new Uri(node.Rpc), "health/ready"));
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

            // chain tx send, show; chain status; chain checkpoint
            ToolResult sent = await AskAsync(node, "tx", "send", "--json", "--from", "alice", "--to", "validator", "--amount", "5", "--passphrase-file", PassphraseFile());
            Assert.True(sent.Exit == 0, sent.Errors);
            string id = (string)JsonNode.Parse(sent.Output)!["id"]!;
            Assert.Contains("token.transfer", (await AskAsync(node, "tx", "show", id)).Output, StringComparison.Ordinal);
            Assert.Contains("Finalized", (await AskAsync(node, "tx", "watch", id)).Output, StringComparison.Ordinal);
            ToolResult status = await AskAsync(node, "status");
            Assert.Equal(0, status.Exit);
            Assert.StartsWith("ready", status.Output, StringComparison.Ordinal);
            Assert.Contains("head #", status.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("##", status.Output, StringComparison.Ordinal);
            string checkpoint = _program.Write("checkpoint.json", (await AskAsync(node, "checkpoint", "export")).Output);
            Assert.Contains("agrees", (await AskAsync(node, "checkpoint", "verify", checkpoint)).Output, StringComparison.Ordinal);
            string lie = _program.Write("lie.json", File.ReadAllText(checkpoint).Replace("\"validators\":\"0x", "\"validators\":\"0y", StringComparison.Ordinal));
            (await AskAsync(node, "checkpoint", "verify", lie)).IsMistake("CC2014", "expected", exit: 1);

            string scrape = await _http.GetStringAsync(new Uri(node.Metrics));
            height = scrape.Split('\n').Single(static line => line.StartsWith("chain_block_height ", StringComparison.Ordinal));
            Assert.True(int.Parse(height.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) >= 1);
            Dashboard.IsServedBy(scrape);
            string block = await node.Log.WaitForAsync(" tx · ");
            Assert.InRange(block.Length, 1, 160);
            (await _program.RunWithInputAsync($"{Program.Passphrase}\n", "run", "--passphrase-stdin")).IsMistake("CC2011", "in use");
            Assert.Equal(0, await node.StopAsync());
        }

        // The key has signed: without its record it must not vote again, nor after an import that nobody vouches for.
        await using (RunningNode again = await RunningNode.StartAsync(_program, $"{Program.Passphrase}\n", "--passphrase-stdin"))
        {
            Assert.True((int)again.Introduction["height"]! >= 1);
            await again.Log.WaitForAsync("votes with key");
        }

        File.Delete(Path.Combine(_program.Home, "keys", "validator.signed"));
        (await _program.RunWithInputAsync($"{Program.Passphrase}\n", "run", "--passphrase-stdin", "--signer-is-new")).IsMistakeAtTheEnd("CC2018", "WitnessLost");
    }

    public void Dispose()
    {
        _http.Dispose();
        _program.Dispose();
    }

    private string PassphraseFile() => _program.Write("passphrase", Program.Passphrase);

    private async Task<JsonNode> KeyAsync(string kind, string name)
    {
        await _program.NewKeyAsync(kind, name);
        return JsonNode.Parse((await _program.RunAsync("keys", "show", name, "--json")).Output)!;
    }

    private Task<ToolResult> AskAsync(RunningNode node, params string[] arguments) => _program.RunAsync([.. arguments, "--rpc", node.Rpc]);

    private static string GenesisOf(JsonNode validator, JsonNode alice) =>
        $$"""
        {
          "chain": "mars", "network": 4711, "time": "2026-01-01T00:00:00Z",
          "consensus": { "engine": "pos", "epochBlocks": 10, "blockPauseMilliseconds": 50 },
          "accounts": [ { "address": "{{alice["address"]}}", "amount": 1000 } ],
          "validators": [ { "key": "{{validator["publicKey"]}}", "stake": 10000 } ]
        }
        """;
}
