using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>What follows from a valid header and its ancestors alone.</summary>
/// <param name="Rules">Whose verdict it is.</param>
/// <param name="ValidSince">The earliest time at which it was judged: it is valid at every later one.</param>
/// <param name="Weighed">The header and the weight of its chain.</param>
/// <param name="Own">What it adds to that weight.</param>
/// <param name="History">The range over the headers of its chain, itself included.</param>
internal sealed record JudgedHeader(IHeaderRules Rules, UnixTime ValidSince, WeighedHeader Weighed, UInt256 Own, HeaderHistory History);
