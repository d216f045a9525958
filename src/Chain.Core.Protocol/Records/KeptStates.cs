using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Which states a store still has.</summary>
/// <param name="Oldest">Height of the oldest state of the chain that may be left; what is below was deleted.</param>
/// <param name="Reach">
/// From here on every state of the chain can be read and built on, and so can those of branches that leave it here or above.
/// </param>
public readonly record struct KeptStates(BlockHeight Oldest, BlockHeight Reach);
