namespace Chain.Core;

/// <summary>The mempool refused a transaction.</summary>
public sealed class TransactionRefusedException : Exception
{
    /// <summary>Refused for an unknown reason.</summary>
    public TransactionRefusedException()
    {
    }

    /// <summary>Refused for this reason.</summary>
    public TransactionRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Refused for this reason.</summary>
    public TransactionRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
