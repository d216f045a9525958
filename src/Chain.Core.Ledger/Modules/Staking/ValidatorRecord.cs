using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>A validator as the state has it, under the address of its operator.</summary>
public sealed record ValidatorRecord
{
    /// <summary>The key that its votes are signed with; it stays the same for ever.</summary>
    public required ValidatorKey Key { get; init; }

    /// <summary>The part of its delegators' rewards that the operator takes.</summary>
    public required BasisPoints Commission { get; init; }

    /// <summary>The epoch in which the commission was set last.</summary>
    public ulong CommissionSince { get; init; }

    /// <summary>The coins that back it and did not ask to leave, in the smallest unit.</summary>
    public ulong Bonded { get; init; }

    /// <summary>Why it may not act, if so.</summary>
    public ValidatorStanding Standing { get; init; }

    /// <summary>The first epoch in which a jailed validator may ask to come back.</summary>
    public ulong JailedUntil { get; init; }

    /// <summary>How often it was slashed.</summary>
    public uint Slashes { get; init; }

    /// <summary>Whether the end of an epoch visits it; one without stake is left out until somebody backs it again.</summary>
    internal bool IsListed { get; init; }

    /// <summary>What a share is worth; see <see cref="StakeMath"/>.</summary>
    internal ulong Factor { get; init; } = StakeMath.WholeFactor;

    /// <summary>All shares of its delegators.</summary>
    internal UInt128 Shares { get; init; }

    /// <summary>The shares that count as voting power: without those that are still to come, with those that are still to go.</summary>
    internal UInt128 ActingShares { get; init; }

    /// <summary>What one share earned since the beginning.</summary>
    internal UInt256 RewardOfShare { get; init; }

    /// <summary>Commission that the operator did not take yet.</summary>
    internal ulong CommissionDue { get; init; }

    /// <summary>Its voting power, if it may act.</summary>
    internal ulong Power => StakeMath.CoinsOf(ActingShares, Factor);
}
