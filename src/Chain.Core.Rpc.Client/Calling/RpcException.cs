namespace Chain.Core.Rpc.Client;

/// <summary>The server refused a call, and says why.</summary>
public sealed class RpcException : Exception
{
    /// <summary>An unknown refusal.</summary>
    public RpcException()
    {
    }

    /// <summary>A refusal with a message.</summary>
    public RpcException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with its cause.</summary>
    public RpcException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal RpcException(RpcErrorBody error)
        : base(error.Data?.Actual is { } actual ? $"{error.Message} ({error.Data.Code}): {actual}" : $"{error.Message} ({error.Data?.Code})")
    {
        Number = error.Code;
        Code = error.Data?.Code ?? "";
        Hint = error.Data?.Hint ?? "";
        Expected = error.Data?.Expected;
        Actual = error.Data?.Actual;
    }

    /// <summary>The number of JSON-RPC.</summary>
    public int Number { get; }

    /// <summary>The stable code, such as <c>CC4107</c>; empty where the server gave none.</summary>
    public string Code { get; } = "";

    /// <summary>What to do about it; empty where the server gave none.</summary>
    public string Hint { get; } = "";

    /// <summary>What would have been right, where the server says.</summary>
    public string? Expected { get; }

    /// <summary>What the server found instead, where it says.</summary>
    public string? Actual { get; }
}
