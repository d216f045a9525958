namespace Chain.Core.Rpc;

/// <summary>The server cannot start as it is configured. The message is one line: the option, what was expected, and what was found.</summary>
public sealed class RpcConfigurationException : Exception
{
    /// <summary>An unknown mistake.</summary>
    public RpcConfigurationException()
    {
    }

    /// <summary>A mistake with a message for people.</summary>
    public RpcConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>A mistake with its cause.</summary>
    public RpcConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
