using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>Whether a block is valid.</summary>
public abstract record BlockVerdict
{
    private protected BlockVerdict()
    {
    }

    /// <summary>It and all its ancestors are valid.</summary>
    public sealed record Valid : BlockVerdict;

    /// <summary>It or one of its ancestors is not valid, and never will be.</summary>
    /// <param name="Reason">Which rule it breaks.</param>
    public sealed record Invalid(string Reason) : BlockVerdict;

    /// <summary>The host lacks this block so far; the verdict follows when it is there.</summary>
    public sealed record Pending(BlockId Missing) : BlockVerdict;
}
