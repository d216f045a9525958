using Chain.Core.App.Configuration;
using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Log;

/// <summary>
/// The log of <c>run</c>: a line an event on the terminal's own stream, text or JSON. The console logger of the framework would
/// write to the process's streams only, and takes two lines.
/// </summary>
internal sealed class TerminalLoggerProvider(TextWriter output, LogFormat format, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _gate = new();
    private volatile int _least = (int)LogLevel.Information;

    /// <summary>The least serious lines that are written; may change at any time.</summary>
    public LogLevel Least
    {
        get => (LogLevel)_least;
        set => _least = (int)value;
    }

    public ILogger CreateLogger(string categoryName) => new TerminalLogger(this, categoryName);

    public void Dispose()
    {
        // The stream is the terminal's.
    }

    internal void Write(LogLevel level, string category, EventId id, string message, IEnumerable<KeyValuePair<string, object?>> values, Exception? fault)
    {
        string line = format == LogFormat.Json
            ? LogLine.Json(time.GetUtcNow(), level, category, id, message, values, fault)
            : LogLine.Text(time.GetUtcNow(), level, message, fault);
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
