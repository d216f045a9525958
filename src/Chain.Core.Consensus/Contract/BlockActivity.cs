using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>
/// Who made an earlier block and who voted for it, as the seals of headers tell. It is the same on every node, because it
/// is read from ancestors of the block that is executed.
/// </summary>
/// <param name="Height">The height of the block that it is about.</param>
/// <param name="Proposer">Index in the set of validators that acted then.</param>
/// <param name="Voters">Indexes in the same set, ascending.</param>
public sealed record BlockActivity(BlockHeight Height, int Proposer, IReadOnlyList<int> Voters);
