using System.Text.Json.Serialization.Metadata;

namespace Chain.Core.Rpc;

/// <summary>What came of a call: a value with the way to write it, or an error.</summary>
internal readonly record struct RpcReply(object? Value, JsonTypeInfo? Type, RpcError? Error)
{
    public static implicit operator RpcReply(RpcError error) => new(null, null, error);

    public static implicit operator RpcReply(ErrorKind kind) => new(null, null, new RpcError(kind));
}
