namespace Chain.Core.Rpc.Client;

/// <summary>What came back is no answer: not JSON-RPC, too long, or without what the method promises.</summary>
public sealed class RpcProtocolException : IOException
{
    /// <summary>An unknown fault.</summary>
    public RpcProtocolException()
    {
    }

    /// <summary>A fault with a message for people.</summary>
    public RpcProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public RpcProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
