namespace Chain.Core.Rpc;

/// <summary>The values that a caller gave, each of its parameter's type.</summary>
internal readonly struct RpcArguments(object?[] values)
{
    public T Get<T>(RpcParameter<T> parameter) => (T)values[parameter.Position]!;
}
