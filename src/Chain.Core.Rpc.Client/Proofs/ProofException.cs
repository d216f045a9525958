namespace Chain.Core.Rpc.Client;

/// <summary>A server said something that it has not proved. It is wrong, or it lies: ask another.</summary>
public sealed class ProofException : Exception
{
    /// <summary>An unknown lack of proof.</summary>
    public ProofException()
    {
    }

    /// <summary>A lack of proof with a message.</summary>
    public ProofException(string message)
        : base(message)
    {
    }

    /// <summary>A lack of proof with its cause.</summary>
    public ProofException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
