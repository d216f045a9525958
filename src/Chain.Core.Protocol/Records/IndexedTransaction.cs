using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Where a transaction stands.</summary>
/// <param name="Block">The block.</param>
/// <param name="Height">Its height.</param>
/// <param name="Position">The place among the block's transactions, from 0.</param>
public readonly record struct IndexedTransaction(BlockId Block, BlockHeight Height, int Position);
