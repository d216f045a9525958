using System.Globalization;
using System.Net;
using System.Threading.Channels;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>A node in this process: the same lines, through a channel and a callback instead of pipes.</summary>
internal sealed class InProcessNode(int index, Arguments arguments, Action<int, string[]> onLine) : FleetNode(index)
{
    private Channel<string> _commands = Channel.CreateUnbounded<string>();
    private TaskCompletionSource _ready = new();
    private Task<int>? _running;
    private volatile bool _isRunning;
    private int _port;

    public override bool IsRunning => _isRunning;

    public override int Port => _port;

    public override async Task StartAsync(IEnumerable<IPEndPoint> peers)
    {
        string connect = string.Join(',', peers);
        string[] words =
        [
            "--node", Index.ToString(CultureInfo.InvariantCulture),
            "--data", arguments.Data,
            .. connect.Length > 0 ? new[] { "--connect", connect } : [],
        ];
        if (!Arguments.TryParse(words, out Arguments mine, out string problem))
        {
            throw new InvalidOperationException(problem);
        }

        _commands = Channel.CreateUnbounded<string>();
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Channel<string> commands = _commands;
        _running = Task.Run(() => NodeMain.RunAsync(mine, new LineSource(commands.Reader), new LineSink(OnLine)));
        await await Task.WhenAny(_ready.Task, _running);
        _isRunning = true;
    }

    public override async Task KillAsync()
    {
        _isRunning = false;
        _commands.Writer.TryComplete();
        await (_running ?? Task.FromResult(0));
    }

    public override void Tell(string line) => _commands.Writer.TryWrite(line);

    public override async ValueTask DisposeAsync() => await KillAsync();

    private void OnLine(string line)
    {
        string[] words = line.Split(' ');
        if (words[0] == "ready")
        {
            _port = int.Parse(words[1], CultureInfo.InvariantCulture);
        }

        onLine(Index, words);
        if (words[0] == "ready")
        {
            _ready.TrySetResult();
        }
    }

    private sealed class LineSource(ChannelReader<string> lines) : TextReader
    {
        public override async Task<string?> ReadLineAsync() =>
            await lines.WaitToReadAsync() && lines.TryRead(out string? line) ? line : null;
    }

    private sealed class LineSink(Action<string> onLine) : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override Task WriteLineAsync(string? value)
        {
            onLine(value ?? "");
            return Task.CompletedTask;
        }

        public override Task FlushAsync() => Task.CompletedTask;
    }
}
