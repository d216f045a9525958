namespace Chain.Core.Wire;

/// <summary>What a sender signs, beside the key.</summary>
/// <param name="Nonce">How many transactions of this account were applied before.</param>
/// <param name="Fee">Paid in the chain's smallest unit when the transaction is applied, whether or not the call succeeds.</param>
/// <param name="ValidUntil">The last height at which the transaction may be included.</param>
/// <param name="Call">What to do.</param>
public readonly record struct TransactionTerms(ulong Nonce, ulong Fee, BlockHeight ValidUntil, Call Call);
