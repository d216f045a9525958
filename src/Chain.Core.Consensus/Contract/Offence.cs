namespace Chain.Core.Consensus;

/// <summary>A proved offence of a validator.</summary>
/// <param name="Offender">Whose signatures prove it.</param>
/// <param name="Epoch">The epoch that the signatures name.</param>
/// <param name="Kind">What it was, in the engine's words: <c>two-votes</c>, <c>finalize-and-nullify</c>.</param>
public sealed record Offence(ValidatorKey Offender, ulong Epoch, string Kind);
