using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>What <see cref="CheckSignaturesJob"/> found.</summary>
/// <param name="FirstWrong">The place of the first transaction that is not rightly signed; null where all are.</param>
public sealed record SignaturesChecked(int? FirstWrong) : JobResult;
