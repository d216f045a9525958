using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>A transaction of the head's chain.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Block">The block that has it.</param>
/// <param name="Height">The block's height.</param>
/// <param name="Position">The place among the block's transactions, from 0.</param>
/// <param name="Receipt">What the block's execution says of it.</param>
public sealed record FoundTransaction(Transaction Transaction, BlockId Block, BlockHeight Height, int Position, Receipt Receipt);
