using System.Threading.Channels;

namespace QuickStart;

/// <summary>Writes lines in order from a task of its own, so that a slow reader never holds the node's loop.</summary>
internal sealed class LineWriter : IAsyncDisposable
{
    private const int Capacity = 64 * 1024;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Task _writing;

    public LineWriter(TextWriter output) => _writing = WriteAllAsync(output);

    public void Write(string line) => _lines.Writer.TryWrite(line);

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync(TextWriter output)
    {
        await foreach (string line in _lines.Reader.ReadAllAsync())
        {
            await output.WriteLineAsync(line);
            if (_lines.Reader.Count == 0)
            {
                await output.FlushAsync();
            }
        }
    }
}
