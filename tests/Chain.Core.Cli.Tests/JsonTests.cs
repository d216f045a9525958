using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Chain.Core.App;

namespace Chain.Core.Cli.Tests;

/// <summary>With <c>--json</c> each verb of the tool answers in JSON, one value a line. A verb that none of these stories asks fails them.</summary>
public sealed class JsonTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What a story here cannot ask: a process that the tool starts for itself, and one whose runs <c>ClusterTests</c> looks at.</summary>
    private static readonly string[] Elsewhere = ["testnet node", "lab worker"];

    private static readonly string[] OfTestnets = ["testnet up", "testnet partition", "testnet heal", "testnet kill", "testnet assert", "testnet down"];

    private readonly string _folder = Directory.CreateTempSubdirectory("chain-core-json-").FullName;
    private readonly HashSet<string> _asked = [];

    private string Home => Path.Combine(_folder, "home");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Verbs_AllButTestnets_AnswerInJson()
    {
        await OwnerOnlyFileAsync("passphrase", "correct horse");
        await AskAsync("keys new account --name alice --passphrase-file", InFolder("passphrase"));
        JsonNode alice = (await AskAsync("keys show alice"))[0];
        JsonNode validator = (await AskAsync("keys new validator --passphrase-file", InFolder("passphrase")))[0];
        await AskAsync("keys list");
        await AskAsync("keys export alice --out", InFolder("alice.json"));
        await AskAsync("keys import account", InFolder("alice.json"), "--name", "again", "--passphrase-file", InFolder("passphrase"));
        File.WriteAllText(InFolder("genesis.json"), GenesisOf(alice, validator));
        await AskAsync("init --genesis", InFolder("genesis.json"));
        foreach (string line in (string[])["config check", "config show", "config schema", "doctor", "explain CC2001", "completion bash"])
        {
            await AskAsync(line);
        }

        await using (Started run = await StartAsync("run", "--passphrase-file", InFolder("passphrase"), "--set", "Rpc:Port=0", "--set", "P2P:Port=0", "--set", "P2P:Address=127.0.0.1", "--set", "Metrics:Port=0"))
        {
            await AskNodeAsync((string)run.Introduction["rpc"]!);
        }

        await AskAsync("replay --compare", Home, await CopyOfHomeAsync());
        await using (Started dev = await StartAsync("dev", "--port", "0", "--admin-port", "0"))
        {
            await AskAsync("send alice bob 5 --rpc", (string)dev.Introduction["rpc"]!);
        }

        await AskLaboratoryAsync();

        Assert.Equal([], Verbs(Program.App().CreateRoot(Terminal.Of(TextWriter.Null, TextWriter.Null))).Except(_asked).Except(Elsewhere).Except(OfTestnets));
    }

    /// <summary>Testnets start the tool's own program, so here it is a process.</summary>
    [Fact]
    public async Task Testnet_EveryVerb_AnswersInJson()
    {
        JsonNode up = await AskProcessAsync("testnet up -n 2 --consensus dev");
        try
        {
            Assert.Equal(2, up["nodes"]!.AsArray().Count);
            await AskProcessAsync("testnet partition 0 1");
            await AskProcessAsync("testnet heal");
            await AskProcessAsync("testnet assert");
            Assert.Single((await AskProcessAsync("testnet kill 1"))["running"]!.AsArray());
        }
        finally
        {
            await AskProcessAsync("testnet down --remove");
        }

        Assert.Equal([], OfTestnets.Except(_asked));
    }

    private async Task AskNodeAsync(string rpc)
    {
        string[] signed = ["--from", "alice", "--passphrase-file", InFolder("passphrase")];
        await AskAsync("status --rpc", rpc);
        JsonNode sent = (await AskAsync("tx send --to alice --amount 1 --rpc", [rpc, .. signed]))[^1];
        await AskAsync("tx show", (string)sent["id"]!, "--rpc", rpc);
        await AskAsync("tx watch", (string)sent["id"]!, "--rpc", rpc);
        await AskAsync("tx calls --rpc", rpc);
        await AskAsync("tx call token.transfer to=alice amount=1 --rpc", [rpc, .. signed]);
        JsonNode offline = (await AskAsync("tx sign --to alice --amount 1 --nonce 2", signed))[0];
        await AskAsync("tx submit", (string)offline["transaction"]!, "--rpc", rpc);
        IReadOnlyList<JsonNode> checkpoint = await AskAsync("checkpoint export --rpc", rpc);
        File.WriteAllText(InFolder("checkpoint.json"), checkpoint[0].ToJsonString());
        await AskAsync("checkpoint verify", InFolder("checkpoint.json"), "--rpc", rpc);
    }

    private async Task AskLaboratoryAsync()
    {
        string small = "--engines dev --nodes 3 --duration 5s --warmup 1s --drain 5s --network 20ms --seed 1 --out " + InFolder("results");
        await AskAsync("lab list");
        await AskAsync("lab schema");
        JsonNode run = (await AskAsync($"lab run --rate 5 {small}"))[0];
        Assert.Single(run["manifest"]!["runs"]!.AsArray());
        JsonNode again = (await AskAsync("lab replay", (string)run["folder"]!))[0];
        Assert.Equal((string)again["digest"]!, (string)again["again"]!);
        Assert.Empty((await AskAsync("lab compare", (string)run["folder"]!, (string)run["folder"]!))[0]["beyondNoise"]!.AsArray());
        JsonNode sweep = (await AskAsync($"lab sweep --rate 5..5 {small}"))[0];
        Assert.InRange((double)sweep["engines"]![0]!["points"]![0]!["offered"]!, 3, 7);
        IReadOnlyList<JsonNode> rows = await AskAsync("lab reproduce finality --rows 1");
        Assert.Equal(rows[0]["columns"]!.AsArray().Count, rows[1]["cells"]!.AsArray().Count);
    }

    /// <summary>Runs a verb that ends well, and reads every line that it says.</summary>
    private async Task<IReadOnlyList<JsonNode>> AskAsync(string line, params string[] more)
    {
        string[] words = [.. line.Split(' '), .. more];
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var errors = new StringWriter(CultureInfo.InvariantCulture);
        int exit = await Program.App().RunAsync([.. words, "--json", "--home", Home], TerminalOf(output, errors));
        Assert.True(exit == 0, $"{string.Join(' ', words)}: {exit}, {output}{errors}");
        Note(words);
        return [.. Lines(output.ToString()).Select(said => ReadLine(words, said))];
    }

    private async Task<JsonNode> AskProcessAsync(string line)
    {
        string[] words = [typeof(Program).Assembly.Location, .. line.Split(' '), "--dir", InFolder("testnet"), "--json"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string errors = "";
        process.ErrorDataReceived += (_, said) => errors += said.Data;
        process.BeginErrorReadLine();
        await process.WaitForExitAsync().WaitAsync(Patience);
        string output = (await process.StandardOutput.ReadLineAsync())!;
        Assert.True(process.ExitCode == 0, $"{line}: {process.ExitCode}, {output}{errors}");
        Note(words[1..]);
        return ReadLine(words[1..], output);
    }

    private void Note(string[] words)
    {
        foreach (string verb in Verbs(Program.App().CreateRoot(Terminal.Of(TextWriter.Null, TextWriter.Null))))
        {
            string[] parts = verb.Split(' ');
            if (words.Take(parts.Length).SequenceEqual(parts))
            {
                _asked.Add(verb);
            }
        }
    }

    private static JsonNode ReadLine(string[] words, string line)
    {
        try
        {
            return JsonNode.Parse(line)!;
        }
        catch (System.Text.Json.JsonException wrong)
        {
            throw new Xunit.Sdk.XunitException($"{string.Join(' ', words)} said '{line}': {wrong.Message}");
        }
    }

    private static string[] Lines(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        return lines;
    }

    private static IEnumerable<string> Verbs(Command command, string before = "") => command.Subcommands.SelectMany(each =>
        each.Subcommands.Count == 0 ? [before + each.Name] : Verbs(each, $"{before}{each.Name} ").Concat(each.Action is null ? [] : [before + each.Name]));

    private Terminal TerminalOf(TextWriter output, TextWriter errors) => new() { Output = output, Errors = errors, UserFolder = _folder };

    private async Task<Started> StartAsync(string verb, params string[] more)
    {
        var output = new FirstLine();
        var stop = new CancellationTokenSource();
        Task<int> exit = Program.App().RunAsync([verb, .. more, "--json", "--home", Home], TerminalOf(output, TextWriter.Null), stop.Token);
        string said = await output.Said.WaitAsync(Patience);
        Note([verb]);
        return new Started(ReadLine([verb], said), exit, stop);
    }

    private async Task OwnerOnlyFileAsync(string name, string text)
    {
        await File.WriteAllTextAsync(InFolder(name), text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(InFolder(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private async Task<string> CopyOfHomeAsync()
    {
        string copy = InFolder("copy");
        foreach (string file in Directory.GetFiles(Home, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(Home, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            await File.WriteAllBytesAsync(to, await File.ReadAllBytesAsync(file));
        }

        return copy;
    }

    private static string GenesisOf(JsonNode alice, JsonNode validator) =>
        $$"""
        {
          "chain": "mars", "network": 4711, "time": "2026-01-01T00:00:00Z",
          "consensus": { "engine": "pos", "epochBlocks": 10, "blockPauseMilliseconds": 50 },
          "accounts": [ { "address": "{{alice["address"]}}", "amount": 1000 } ],
          "validators": [ { "key": "{{validator["publicKey"]}}", "stake": 10000 } ]
        }
        """;

    /// <summary>A verb that goes on until it is stopped, and what it said first.</summary>
    private sealed class Started(JsonNode introduction, Task<int> exit, CancellationTokenSource stop) : IAsyncDisposable
    {
        public JsonNode Introduction => introduction;

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await exit.WaitAsync(Patience);
            stop.Dispose();
        }
    }

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FirstLine()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public Task<string> Said => _said.Task;

        public override void WriteLine(string? value) => _said.TrySetResult(value ?? "");
    }
}
