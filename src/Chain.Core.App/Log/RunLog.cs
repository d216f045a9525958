using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Log;

/// <summary>Every log line of <c>run</c> beside those of the node and the server, with its stable event id.</summary>
internal static partial class RunLog
{
    [LoggerMessage(5000, LogLevel.Debug, "metrics on {Url}")]
    public static partial void MetricsStarted(ILogger logger, Uri url);

    [LoggerMessage(5001, LogLevel.Information, "log level is {Level} now")]
    public static partial void LevelChanged(ILogger logger, LogLevel level);

    [LoggerMessage(5006, LogLevel.Information, "{Key} is {New} now")]
    public static partial void LimitChanged(ILogger logger, string key, string @new);

    [LoggerMessage(5002, LogLevel.Warning, "CC2016 {Key} is {New} in the file and {Old} here: restart the node for it")]
    public static partial void NeedsRestart(ILogger logger, string key, string old, string @new);

    [LoggerMessage(5003, LogLevel.Warning, "{Code} the configuration changed and is not good, all stays as it is: {Problem}")]
    public static partial void ReloadRefused(ILogger logger, string code, string problem);

    [LoggerMessage(5004, LogLevel.Information, "votes with key 0x{Key}")]
    public static partial void Votes(ILogger logger, string key);

    [LoggerMessage(5007, LogLevel.Error, "CC2022 a task failed and nobody looked at it, {Kind}")]
    public static partial void Unobserved(ILogger logger, string kind, Exception fault);

    [LoggerMessage(5005, LogLevel.Information, "stopping")]
    public static partial void Stopping(ILogger logger);
}
