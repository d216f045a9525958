using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chain.Core.App.Testnet;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>The parent's side of one node: its process, what it told, and what it is told.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Arguments _arguments;
    private readonly Action<NodeProcess, string[]> _onLine;
    private readonly Lock _telling = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NodeProcess(int index, Arguments arguments, Action<NodeProcess, string[]> onLine)
    {
        Index = index;
        _arguments = arguments;
        _onLine = onLine;
    }

    public int Index { get; }

    /// <summary>The node whose key this one votes with, where it is not its own.</summary>
    public int? Validator { get; init; }

    /// <summary>Where it listens, where that is not a port of 127.0.0.1 that it chooses itself.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>The program with its arguments that starts the process, where it does not start by itself.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    public bool IsRunning { get; private set; }

    /// <summary>Where it listens; it keeps no port over a restart.</summary>
    public int Port { get; private set; }

    public BlockHeader? Head { get; private set; }

    public async Task StartAsync(IEnumerable<IPEndPoint> peers)
    {
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string connect = string.Join(',', peers);
        string[] program = [.. Launcher, .. OwnProgram.Command];
        var start = new ProcessStartInfo(program[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] words =
        [
            .. program[1..],
            "--node", Index.ToString(CultureInfo.InvariantCulture),
            "--data", _arguments.Data,
            .. Validator is { } validator ? new[] { "--validator", validator.ToString(CultureInfo.InvariantCulture) } : [],
            .. Index == 0 && _arguments.Rpc is { } rpc and not 0 ? new[] { "--rpc", rpc.ToString(CultureInfo.InvariantCulture) } : [],
            .. Listen is not null ? new[] { "--listen", Listen.ToString() } : [],
            .. connect.Length > 0 ? new[] { "--connect", connect } : [],
        ];
        Array.ForEach(words, start.ArgumentList.Add);
        _process = Process.Start(start) ?? throw new InvalidOperationException("The node's process did not start.");
        _reading = ReadAsync(_process);
        Task first = await Task.WhenAny(_ready.Task, _process.WaitForExitAsync());
        if (first != _ready.Task)
        {
            throw new InvalidOperationException($"Node {Index} ended with exit code {_process.ExitCode} before it was ready.");
        }

        IsRunning = true;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        Process process = _process!;
        IsRunning = false;
        process.Kill();
        await process.WaitForExitAsync();
        await _reading;
        Head = null;
        lock (_telling)
        {
            _process = null;
            process.Dispose();
        }
    }

    public void Tell(string line)
    {
        lock (_telling)
        {
            try
            {
                _process?.StandardInput.WriteLine(line);
            }
            catch (IOException)
            {
                // It was killed meanwhile.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        IsRunning = false;
        Tell("quit");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "ready":
                    Port = int.Parse(words[1], CultureInfo.InvariantCulture);
                    Head = Demo.DecodeHeader(words[3]);
                    _onLine(this, words);
                    _ready.TrySetResult();
                    break;
                case "head":
                    Head = Demo.DecodeHeader(words[1]);
                    _onLine(this, words);
                    break;
                default:
                    _onLine(this, words);
                    break;
            }
        }

        if (IsRunning)
        {
            IsRunning = false;
            _onLine(this, ["ended"]);
        }
    }
}
