namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>What a retarget rule needs to know of a block.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Time">Its time, in the unit that the rule was made for: milliseconds here, seconds in Bitcoin.</param>
/// <param name="Target">Its target.</param>
public readonly record struct WorkPoint(ulong Height, long Time, CompactTarget Target);
