namespace Chain.Core.Ledger;

/// <summary>The store lacks a part of a state that it should hold, or holds something else in its place.</summary>
/// <remarks>A fault of this node, never of a peer: the state was pruned, never written, or is damaged.</remarks>
public sealed class StateUnavailableException : Exception
{
    /// <summary>An unknown part is missing.</summary>
    public StateUnavailableException()
    {
    }

    /// <summary>A missing part, for people to read.</summary>
    public StateUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>A missing part with its cause.</summary>
    public StateUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
