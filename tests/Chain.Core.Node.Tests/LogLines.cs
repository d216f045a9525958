using Microsoft.Extensions.Logging;

namespace Chain.Core.Node.Tests;

/// <summary>Keeps every line that is logged, with its event id.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<(int Id, string Line)> _lines = [];

    public List<string> Of(int id)
    {
        lock (_lines)
        {
            return [.. _lines.Where(each => each.Id == id).Select(each => each.Line)];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add((eventId.Id, formatter(state, exception)));
        }
    }

    public void Dispose()
    {
    }
}
