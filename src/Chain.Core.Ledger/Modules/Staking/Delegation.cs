using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>What one account has with one validator.</summary>
/// <param name="Shares">Its shares; see <see cref="StakeMath"/>.</param>
/// <param name="RewardPaidTo">The validator's reward of a share when this account was last paid.</param>
/// <param name="ActsFrom">The epoch at whose end the last of it becomes voting power.</param>
internal sealed record Delegation(UInt128 Shares, UInt256 RewardPaidTo, ulong ActsFrom);
