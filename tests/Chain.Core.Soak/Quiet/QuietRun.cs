using System.Globalization;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.Wire;
using QuickStart;

namespace Chain.Core.Soak.Quiet;

/// <summary>
/// Row 51: validators as the tool's own processes, which nobody disturbs, under a light load and with clients of every kind
/// connected, for hours. Nothing may grow, and no task may fail unobserved.
/// </summary>
internal sealed class QuietRun(SoakOptions options, CancellationToken stop) : IAsyncDisposable
{
    private const ulong Funds = 1_000_000_000;
    private const int FillPerSecond = 400;
    private const int Serving = 2; // nodes that clients connect to
    private const int Samples = 96; // of eight hours, one each five minutes
    private const string Passphrase = "nobody keeps this";

    private readonly SoakLog _log = new();
    private readonly Lock _gate = new();
    private readonly List<QuietProcess> _nodes = [];
    private QuietClients? _clients;
    private int _violations;

    public async Task<int> RunAsync()
    {
        _log.Write($"{options.Nodes} nodes, {options.Rate} payments/s, a block each {options.Pause.TotalSeconds:F1} s, for {options.Duration.TotalSeconds:F0} s");
        BlockId genesis = await StartFleetAsync();
        _clients = new QuietClients([.. _nodes.Take(Serving)], genesis, AddViolation);
        await FillAsync(genesis);
        await _clients.StartAsync(options.Rate);
        _log.Write("all run");
        Growth[] growths = await WatchAsync();
        await _clients.FinishAsync();
        foreach (string violation in growths.SelectMany(static growth => growth.Violations()))
        {
            AddViolation(violation);
        }

        _log.Write($"{_log.Elapsed.TotalSeconds:F0} s, {Describe()}, violations {_violations}");
        return _violations == 0 ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        if (_clients is not null)
        {
            await _clients.DisposeAsync();
        }

        await Task.WhenAll(_nodes.Select(static node => node.DisposeAsync().AsTask()));
    }

    private async Task FillAsync(BlockId genesis)
    {
        int payers = Demo.Accounts - (2 * Serving);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1) / FillPerSecond * payers);
        QuietAccount[] accounts = [.. Enumerable.Range(2 * Serving, payers).Select(static i => new QuietAccount(i))];
        for (int sent = 0; sent < options.Fill; sent += payers)
        {
            await pace.WaitForNextTickAsync(stop);
            await Task.WhenAll(accounts.Select((account, i) => _clients!.PayPatientlyAsync(account, i, stop)));
        }

        _log.Write($"{options.Fill} payments before the watch begins");
        Array.ForEach(accounts, static account => account.Dispose());
    }

    private async Task<Growth[]> WatchAsync()
    {
        TimeSpan began = _log.Elapsed;
        TimeSpan interval = options.Duration / Samples;
        Growth[] growths = [.. _nodes.Select((_, i) => new Growth(i, options.Duration / 4))];
        using var ticks = new PeriodicTimer(interval > TimeSpan.FromSeconds(1) ? interval : TimeSpan.FromSeconds(1));
        try
        {
            while (_log.Elapsed - began < options.Duration && await ticks.WaitForNextTickAsync(stop))
            {
                for (int i = 0; i < growths.Length; i++)
                {
                    growths[i].Add(_log.Elapsed - began, await _nodes[i].MeasureAsync());
                    _log.Write(growths[i].Describe());
                }

                _log.Write(Describe());
            }
        }
        catch (OperationCanceledException)
        {
            _log.Write("broken off");
        }

        return growths;
    }

    private string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_clients!.Paid} payments, {_clients.Answered} reads, {_clients.Refused} hostile requests, {_clients.Told} events told, {100 * Environment.CpuUsage.TotalTime / _log.Elapsed:F2} % of a core for all clients");

    private async Task<BlockId> StartFleetAsync()
    {
        string data = options.Data;
        if (Directory.Exists(data))
        {
            foreach (string folder in Directory.GetDirectories(data, "node-*"))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        Directory.CreateDirectory(data);
        string passphrase = Path.Combine(data, "passphrase");
        await File.WriteAllTextAsync(passphrase, Passphrase, CancellationToken.None);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(passphrase, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        string[] homes = [.. Enumerable.Range(0, options.Nodes).Select(i => Path.Combine(data, $"node-{i}"))];
        var keys = new List<string>();
        foreach (string home in homes)
        {
            await AskAsync(home, "keys", "new", "validator", "--name", "validator", "--passphrase-file", passphrase);
            keys.Add((string)(await AskAsync(home, "keys", "show", "validator", "--json"))["publicKey"]!);
        }

        string genesis = Path.Combine(data, "genesis.json");
        await File.WriteAllTextAsync(genesis, GenesisOf(keys), CancellationToken.None);
        foreach (string home in homes)
        {
            await AskAsync(home, "init", "--genesis", genesis);
            _nodes.Add(await StartAsync(home, passphrase));
        }

        using var client = new Rpc.Client.RpcClient(_nodes[0].Rpc);
        return (await client.GetStatusAsync(CancellationToken.None)).Genesis;
    }

    /// <summary>Starts a node that dials those before it, on ports that the system chooses.</summary>
    private Task<QuietProcess> StartAsync(string home, string passphrase)
    {
        int index = _nodes.Count;
        List<string> words = ["--passphrase-file", passphrase];
        if (options.Leaks && index == 0)
        {
            words.Add(QuietNode.LeakSwitch);
        }

        foreach (string set in (string[])["P2P:Address=127.0.0.1", "P2P:Port=0", "Rpc:Port=0", "Metrics:Port=0", "Node:JobThreads=1"])
        {
            words.AddRange("--set", set);
        }

        for (int i = 0; i < index; i++)
        {
            words.AddRange("--set", $"P2P:Connect:{i}={_nodes[i].PeerEndPoint}");
        }

        return QuietProcess.StartAsync(home, words, line => OnLog(index, line));
    }

    private string GenesisOf(IReadOnlyList<string> keys) => new JsonObject
    {
        ["chain"] = "quiet",
        ["network"] = 51,
        ["time"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["consensus"] = new JsonObject { ["engine"] = "pos", ["blockPauseMilliseconds"] = (int)options.Pause.TotalMilliseconds, ["viewTimeoutMilliseconds"] = (int)(4 * options.Pause.TotalMilliseconds) },
        ["accounts"] = new JsonArray([.. Enumerable.Range(0, Demo.Accounts).Select(static i =>
            new JsonObject { ["address"] = $"0x{Demo.AddressOf(i).Value}", ["amount"] = Funds })]),
        ["validators"] = new JsonArray([.. keys.Select(static key => new JsonObject { ["key"] = key, ["stake"] = 10_000 })]),
    }.ToJsonString();

    /// <summary>Has the tool do something in the folder of a node.</summary>
    /// <returns>What it answered, where that is JSON.</returns>
    private static async Task<JsonObject> AskAsync(string home, params string[] words)
    {
        await using var answer = new StringWriter(CultureInfo.InvariantCulture);
        await using var errors = new StringWriter(CultureInfo.InvariantCulture);
        Terminal terminal = QuietNode.TerminalOf(home) with { Output = answer, Errors = errors };
        int exit = await new ChainApp("chain").RunAsync([.. words, "--home", home], terminal);
        return exit == 0
            ? words.Contains("--json") ? (JsonObject)JsonNode.Parse(answer.ToString())! : []
            : throw new InvalidOperationException($"{string.Join(' ', words)}: {errors}");
    }

    /// <summary>Errors of a node are violations, among them tasks that failed unobserved; warnings are shown.</summary>
    private void OnLog(int node, string line)
    {
        string level = line.Split(' ') is [_, var second, ..] ? second : "";
        if (level is "fail" or "crit")
        {
            AddViolation($"node {node}: {line}");
        }
        else if (level != "info")
        {
            _log.Write($"node {node}: {line}");
        }
    }

    private void AddViolation(string violation)
    {
        lock (_gate)
        {
            _violations++;
            if (_violations < 200)
            {
                _log.Write($"VIOLATION {violation}");
            }
        }
    }
}
