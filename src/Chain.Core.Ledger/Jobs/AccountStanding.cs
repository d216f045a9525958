using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Where an account stands in one state.</summary>
/// <param name="Account">The account.</param>
/// <param name="NextNonce">The nonce of its next transaction.</param>
/// <param name="Spendable">What it could pay in fees.</param>
public readonly record struct AccountStanding(AccountAddress Account, ulong NextNonce, ulong Spendable);
