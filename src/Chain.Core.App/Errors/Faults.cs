using System.Net.Sockets;
using Chain.Core.Rpc;
using Chain.Core.Rpc.Client;
using Chain.Core.Storage;

namespace Chain.Core.App.Errors;

/// <summary>What a fault that a verb does not handle means to the operator.</summary>
internal static class Faults
{
    /// <summary>The mistake in words; null where the fault is the program's own, and a stack trace is what helps.</summary>
    public static UsageException? Explain(Exception fault) => fault switch
    {
        UsageException wrong => wrong,
        RpcConfigurationException { InnerException: IOException taken } wrong => new UsageException(
            FaultCode.Port,
            $"{(wrong.Message.StartsWith("Rpc:Admin", StringComparison.Ordinal) ? "Rpc:AdminPort" : "Rpc:Port")}: it cannot be used: {taken.Message}",
            "a free port of this machine",
            "'config show' says which it is"),
        RpcConfigurationException wrong => new UsageException(FaultCode.Port, wrong.Message),
        StorageException wrong => new UsageException(FaultCode.Store, wrong.Message),
        InvalidDataException wrong => new UsageException(FaultCode.Store, wrong.Message),
        SocketException taken => new UsageException(FaultCode.Port, $"P2P:Port: it cannot be used: {taken.Message}", "a free port of this machine", "'config show' says which it is"),
        RpcException refused => new UsageException(
            refused.Code.Length > 0 ? refused.Code : FaultCode.NodeRefused, refused.Message, refused.Expected, refused.Hint.Length > 0 ? refused.Hint : null) { ExitCode = 1 },
        RpcProtocolException wrong => new UsageException(FaultCode.NodeRefused, wrong.Message) { ExitCode = 1 },
        HttpRequestException or TimeoutException => new UsageException(
            FaultCode.NodeUnreachable, $"no node answers: {fault.Message}", null, "start one with 'run', or say where it is with --rpc URL") { ExitCode = 1 },
        UnauthorizedAccessException or IOException => new UsageException(FaultCode.File, fault.Message) { ExitCode = 1 },
        _ => null,
    };
}
