namespace Chain.Core.Consensus;

/// <summary>One voter.</summary>
/// <param name="Key">Who it is.</param>
/// <param name="Stake">Its weight in votes, greater than 0.</param>
public sealed record Validator(ValidatorKey Key, ulong Stake);
