using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What execution knows of the block beside its transactions.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Height">Height of the block.</param>
/// <param name="Time">Time of its header.</param>
/// <param name="Activity">What its parent's seal tells of an earlier block, or null.</param>
public readonly record struct BlockFrame(BlockId Genesis, BlockHeight Height, UnixTime Time, BlockActivity? Activity = null);
