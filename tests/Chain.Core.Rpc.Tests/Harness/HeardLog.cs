using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Core.Rpc.Tests;

/// <summary>A log that a test waits for: the line with one event id.</summary>
internal sealed class HeardLog(int awaited) : ILoggerFactory, ILogger
{
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the line was written.</summary>
    public Task Heard => _heard.Task;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => categoryName == "Chain.Core.Rpc" ? this : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == awaited)
        {
            _heard.TrySetResult();
        }
    }

    public void Dispose()
    {
    }
}
