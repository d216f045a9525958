using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Log;

/// <summary>One category of the log.</summary>
internal sealed class TerminalLogger(TerminalLoggerProvider provider, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            provider.Write(logLevel, category, eventId, formatter(state, exception), values, exception);
        }
    }
}
