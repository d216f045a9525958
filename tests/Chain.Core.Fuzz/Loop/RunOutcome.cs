namespace Chain.Core.Fuzz;

/// <summary>What one input did.</summary>
/// <param name="IsAccepted">Whether the decoder took it.</param>
/// <param name="Finding">What was wrong, or null.</param>
/// <param name="Elapsed">By the clock; where that was too long, the least of several runs, by the clock or on a core.</param>
/// <param name="Allocated">Bytes, dead or alive.</param>
internal readonly record struct RunOutcome(bool IsAccepted, Finding? Finding, TimeSpan Elapsed, long Allocated);
