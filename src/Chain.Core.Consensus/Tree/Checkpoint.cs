using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>A block that the operator knows to be in the chain.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Block">Its id.</param>
public readonly record struct Checkpoint(BlockHeight Height, BlockId Block);
