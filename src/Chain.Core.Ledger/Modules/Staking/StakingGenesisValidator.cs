using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A validator that acts from the first block on.</summary>
/// <param name="Operator">Whose coins it stakes; the genesis of the token module gives them.</param>
/// <param name="Key">The key that its votes are signed with.</param>
/// <param name="Commission">The part of its delegators' rewards that the operator takes.</param>
/// <param name="Stake">In the smallest unit, at least <see cref="StakingParameters.MinSelfBond"/>.</param>
public sealed record StakingGenesisValidator(AccountAddress Operator, ValidatorKey Key, BasisPoints Commission, ulong Stake);
