using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Stake on its way out. It is paid by <see cref="StakingModule.Withdraw"/> once it can be slashed no more.</summary>
/// <param name="Delegator">Who gets it.</param>
/// <param name="Validator">The operator of the validator that it backed.</param>
/// <param name="Amount">In the smallest unit, before slashes of the time in which it unbonds.</param>
/// <param name="LiableUntil">The first epoch whose offences do not touch it.</param>
/// <param name="SlashesBefore">How often the validator had been slashed when it left.</param>
public sealed record Unbonding(AccountAddress Delegator, AccountAddress Validator, ulong Amount, ulong LiableUntil, uint SlashesBefore);
