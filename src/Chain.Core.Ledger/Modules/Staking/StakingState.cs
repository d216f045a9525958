using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What the staking module keeps in the state. No key of it is ever searched for: whatever is visited in turn is counted.</summary>
internal sealed class StakingState
{
    public required StakingParameters Rules { get; init; }

    /// <summary>The rules again, so that the genesis commits to them.</summary>
    public required StateValue<StakingParameters> Parameters { get; init; }

    /// <summary>By operator.</summary>
    public required StateMap<AccountAddress, ValidatorRecord> Validators { get; init; }

    /// <summary>The operator of a key, by <see cref="IdOf"/>; a key stays taken for ever.</summary>
    public required StateMap<Hash256, AccountAddress> Keys { get; init; }

    /// <summary>The operators that the end of an epoch visits, numbered from 0 without gaps.</summary>
    public required StateMap<ulong, AccountAddress> Roster { get; init; }

    public required StateValue<ulong> RosterCount { get; init; }

    /// <summary>By operator and delegator.</summary>
    public required StateMap<(AccountAddress First, AccountAddress Second), Delegation> Delegations { get; init; }

    /// <summary>By number.</summary>
    public required StateMap<ulong, Unbonding> Unbondings { get; init; }

    public required StateValue<ulong> NextUnbonding { get; init; }

    /// <summary>Shares that become voting power, by operator and the epoch at whose end they do.</summary>
    public required StateMap<(AccountAddress First, ulong Second), UInt128> Coming { get; init; }

    /// <summary>Shares that stop being voting power, likewise.</summary>
    public required StateMap<(AccountAddress First, ulong Second), UInt128> Going { get; init; }

    public required StateValue<ChurnQueue> ComingQueue { get; init; }

    public required StateValue<ChurnQueue> GoingQueue { get; init; }

    /// <summary>How much stake may come, and how much may go, at the end of an epoch.</summary>
    public required StateValue<ulong> ChurnLimit { get; init; }

    /// <summary>By operator and number, from 0.</summary>
    public required StateMap<(AccountAddress First, uint Second), Slash> Slashes { get; init; }

    /// <summary>By the epoch in which they act.</summary>
    public required StateMap<ulong, ValidatorSet> Sets { get; init; }

    /// <summary>The epoch of the next block.</summary>
    public required StateValue<ulong> Epoch { get; init; }

    public required StateValue<EpochActivity> Activity { get; init; }

    /// <summary>What a consensus key is known by.</summary>
    public static Hash256 IdOf(ValidatorKey key) => AccountAddress.FromKey(key.Scheme, key.PublicKey.Span).Value;
}
