using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Whether a transaction may wait for a block.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Refusal">Why not, or none.</param>
/// <param name="NextNonce">The nonce that the sender's next transaction carries in the state that was asked.</param>
/// <param name="Spendable">What the sender could pay in fees in that state.</param>
public readonly record struct AdmissionVerdict(Transaction Transaction, TransactionRefusal Refusal, ulong NextNonce, ulong Spendable);
