using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Whether a transaction may wait for a block.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Refusal">Why not, or none.</param>
/// <param name="Sender">Where the sender stands in the state that was asked.</param>
public readonly record struct AdmissionVerdict(Transaction Transaction, TransactionRefusal Refusal, AccountStanding Sender);
