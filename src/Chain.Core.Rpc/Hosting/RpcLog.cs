using Microsoft.Extensions.Logging;

namespace Chain.Core.Rpc;

/// <summary>Every log line of the server, with its stable event id.</summary>
internal static partial class RpcLog
{
    [LoggerMessage(4000, LogLevel.Information, "RPC on {Url}")]
    public static partial void Started(ILogger logger, Uri url);

    [LoggerMessage(4001, LogLevel.Error, "{Method} failed")]
    public static partial void Failed(ILogger logger, string method, Exception fault);

    [LoggerMessage(4002, LogLevel.Debug, "A client was cut: {Reason}")]
    public static partial void Cut(ILogger logger, string reason);
}
