namespace Chain.Core.Rpc;

/// <summary>What a method answers: a value or an error.</summary>
internal readonly struct RpcResult<T>
    where T : class
{
    private RpcResult(T? value, RpcError? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public RpcError? Error { get; }

    public static implicit operator RpcResult<T>(T value) => new(value, null);

    public static implicit operator RpcResult<T>(RpcError error) => new(null, error);

    public static implicit operator RpcResult<T>(ErrorKind kind) => new(null, new RpcError(kind));
}
