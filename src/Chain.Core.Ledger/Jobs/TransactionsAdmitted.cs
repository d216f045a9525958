using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>What <see cref="AdmitTransactionsJob"/> found.</summary>
/// <param name="StateRoot">The state that was asked.</param>
/// <param name="Verdicts">One for each transaction, in their order.</param>
public sealed record TransactionsAdmitted(Hash256 StateRoot, IReadOnlyList<AdmissionVerdict> Verdicts) : JobResult
{
    /// <summary>What was in memory of that state and what was read of it, for the jobs that ask it next; null where none may stay.</summary>
    public ResidentState? Resident { get; init; }
}
