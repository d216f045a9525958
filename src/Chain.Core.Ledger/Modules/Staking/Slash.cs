namespace Chain.Core.Ledger;

/// <summary>One slash of a validator.</summary>
/// <param name="OffenceEpoch">When the offence was.</param>
/// <param name="Epoch">When it was slashed.</param>
/// <param name="Part">How much everyone who backed it then loses.</param>
internal sealed record Slash(ulong OffenceEpoch, ulong Epoch, BasisPoints Part);
