using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>Something that an engine did or saw.</summary>
/// <param name="Name">What it was, in the engine's words: <c>sealed</c>, <c>retargeted</c>, <c>view-skipped</c>.</param>
/// <param name="Height">Where it was.</param>
/// <param name="Amount">How much of it: hashes, votes, milliseconds.</param>
public readonly record struct ConsensusActivity(string Name, BlockHeight Height, ulong Amount);
