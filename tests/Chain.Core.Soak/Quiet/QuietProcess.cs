using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Chain.Core.Soak.Quiet;

/// <summary>The parent's side of one node.</summary>
internal sealed class QuietProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Action<string> _onLog;
    private readonly Process _process;
    private readonly TaskCompletionSource<JsonNode> _introduced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Task _readingLog;
    private TaskCompletionSource<NodeFigures> _measured = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private QuietProcess(Process process, Action<string> onLog)
    {
        _process = process;
        _onLog = onLog;
        _reading = ReadAsync();
        _readingLog = ReadLogAsync();
    }

    public Uri Rpc { get; private set; } = null!;

    public Uri Metrics { get; private set; } = null!;

    /// <summary>Where peers connect.</summary>
    public string PeerEndPoint { get; private set; } = "";

    /// <summary>Starts a node and waits until it serves.</summary>
    public static async Task<QuietProcess> StartAsync(string home, IEnumerable<string> options, Action<string> onLog)
    {
        var start = new ProcessStartInfo(Chain.Core.App.Testnet.OwnProgram.Command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] words = [.. Chain.Core.App.Testnet.OwnProgram.Command.Skip(1), QuietNode.Switch, home, .. options];
        Array.ForEach(words, start.ArgumentList.Add);
        var node = new QuietProcess(Process.Start(start) ?? throw new InvalidOperationException("The node's process did not start."), onLog);
        JsonNode told = await node._introduced.Task.WaitAsync(Patience);
        node.Rpc = new Uri((string)told["rpc"]!);
        node.Metrics = new Uri((string)told["metrics"]!);
        node.PeerEndPoint = (string)told["p2p"]!;
        return node;
    }

    /// <summary>The figures of the node, measured now.</summary>
    public async Task<NodeFigures> MeasureAsync()
    {
        _measured = new TaskCompletionSource<NodeFigures>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process.StandardInput.WriteLineAsync("figures");
        await _process.StandardInput.FlushAsync();
        return await _measured.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        await Task.WhenAll(_reading, _readingLog);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (NodeFigures.TryParse(line) is { } figures)
            {
                _measured.TrySetResult(figures);
            }
            else
            {
                _introduced.TrySetResult(JsonNode.Parse(line)!);
            }
        }

        var ended = new InvalidOperationException("The process of a node ended by itself.");
        _introduced.TrySetException(ended);
        _measured.TrySetException(ended);
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _onLog(line);
        }
    }
}
