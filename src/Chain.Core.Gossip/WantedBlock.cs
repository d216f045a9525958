using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>A block whose body is to be fetched.</summary>
/// <param name="Id">The block.</param>
/// <param name="Height">Its height, by which peers that can have it are chosen; 0 where it is not known.</param>
public readonly record struct WantedBlock(BlockId Id, BlockHeight Height);
