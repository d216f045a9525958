using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>How much a block that is being built may hold; the chain's limits hold as well.</summary>
/// <param name="Bytes">Most bytes of all transactions together.</param>
/// <param name="Transactions">Most transactions.</param>
/// <param name="Cost">Most cost in units of <see cref="LedgerLimits"/>.</param>
public readonly record struct BlockBudget(int Bytes, int Transactions, ulong Cost)
{
    /// <summary>All that the chain allows.</summary>
    public static BlockBudget Of(LedgerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new BlockBudget(limits.BlockBytes, limits.BlockTransactions, limits.BlockCost);
    }

    /// <summary>This budget, cut to what the chain allows.</summary>
    public BlockBudget Within(LedgerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new BlockBudget(
            int.Min(Bytes, limits.BlockBytes), int.Min(Transactions, limits.BlockTransactions), ulong.Min(Cost, limits.BlockCost));
    }

    internal static long BodyBytes(Block block)
    {
        long bytes = 0;
        foreach (Transaction transaction in block.Transactions)
        {
            bytes += transaction.Encoded.Length;
        }

        return bytes;
    }
}
