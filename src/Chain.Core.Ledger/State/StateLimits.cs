namespace Chain.Core.Ledger;

/// <summary>The stated maximum of everything that stands in the state. They are rules of every chain.</summary>
public static class StateLimits
{
    /// <summary>Longest key within a module in bytes, the name of its map included.</summary>
    public const int KeyBytes = 1024;

    /// <summary>Longest value in bytes.</summary>
    public const int ValueBytes = 16 * 1024;

    /// <summary>Most modules of a chain.</summary>
    public const int Modules = 256;

    /// <summary>Deepest leaf: one level for each bit of a hashed key.</summary>
    public const int Depth = 256;
}
