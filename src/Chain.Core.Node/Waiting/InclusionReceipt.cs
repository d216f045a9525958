using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>Where a transaction was included, and what came of it.</summary>
/// <param name="Block">The block.</param>
/// <param name="Height">Its height.</param>
/// <param name="Receipt">What the block's execution says of the transaction.</param>
public sealed record InclusionReceipt(BlockId Block, BlockHeight Height, Receipt Receipt)
{
    /// <summary>What came of the call.</summary>
    public TransactionStatus Status => Receipt.Status;
}
