using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>Headers that the block tree is judging.</summary>
/// <param name="Last">The last one.</param>
/// <param name="IsFull">Whether it is as large as an honest peer makes it that has more.</param>
/// <param name="WasAsked">Whether they answer a request; an announcement otherwise.</param>
internal readonly record struct HeaderBatch(BlockHeader Last, bool IsFull, bool WasAsked);
