namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>What a block is made of.</summary>
/// <param name="Bytes">All its transactions together.</param>
/// <param name="Transactions">How many of equal size.</param>
internal readonly record struct BlockSize(int Bytes, int Transactions)
{
    private const int LargestTransaction = 49_000;

    /// <summary>As few transactions as can be, but ten at least.</summary>
    public static BlockSize Of(int bytes) => new(bytes, int.Max(10, (bytes + LargestTransaction - 1) / LargestTransaction));
}
