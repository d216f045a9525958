using System.Text;

namespace Chain.Core.App.Tests;

/// <summary>Collects lines, and lets tests wait for one.</summary>
internal sealed class LineLog : TextWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, TaskCompletionSource<string> Seen)> _waiting = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            _lines.Add(value ?? "");
            foreach ((string part, TaskCompletionSource<string> seen) in _waiting)
            {
                if (value?.Contains(part, StringComparison.Ordinal) == true)
                {
                    seen.TrySetResult(value);
                }
            }
        }
    }

    public override void Write(char value) => throw new NotSupportedException("Whole lines only.");

    /// <summary>The first line with this part, now or later.</summary>
    public async Task<string> WaitForAsync(string part)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            _waiting.Add((part, seen));
        }

        return await seen.Task.WaitAsync(Patience);
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join('\n', _lines);
        }
    }
}
