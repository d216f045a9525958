using System.Text.Json.Nodes;

namespace Chain.Core.App.Tests;

/// <summary>The verb <c>run</c> within this process, until it is disposed.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _exit;

    private RunningNode(Task<int> exit, LineLog log, CancellationTokenSource stop)
    {
        _exit = exit;
        Log = log;
        _stop = stop;
    }

    /// <summary>The lines of standard error.</summary>
    public LineLog Log { get; }

    public JsonNode Introduction { get; private set; } = null!;

    public string Rpc => (string)Introduction["rpc"]!;

    public string Metrics => (string)Introduction["metrics"]!;

    public static async Task<RunningNode> StartAsync(Program program, string input = "", params string[] more)
    {
        var output = new LineLog();
        var log = new LineLog();
        var stop = new CancellationTokenSource();
        Task<int> exit = program.App.RunAsync(["run", "--json", .. more], program.TerminalOf(output, log, input), stop.Token);
        var node = new RunningNode(exit, log, stop);
        Task<string> introduced = output.WaitForAsync("\"metrics\"");
        if (await Task.WhenAny(introduced, exit) == exit)
        {
            Assert.Fail($"run ended with {await exit}: {log}");
        }

        node.Introduction = JsonNode.Parse(await introduced)!;
        return node;
    }

    /// <summary>Stops as Ctrl+C does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _exit;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }
}
