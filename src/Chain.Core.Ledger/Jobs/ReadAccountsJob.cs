using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Reads where accounts stand after the head moved, so that transactions that lost their cover can go.</summary>
/// <param name="definition">The rules of the chain.</param>
/// <param name="stateRoot">The state to ask; the snapshot must hold it.</param>
/// <param name="accounts">Whom to ask for.</param>
public sealed class ReadAccountsJob(LedgerDefinition definition, Hash256 stateRoot, IReadOnlyList<AccountAddress> accounts) : Job
{
    /// <summary>What is in memory of that state; null reads all that is needed from the snapshot.</summary>
    public ResidentState? Resident { get; init; }

    /// <summary>Computes an <see cref="AccountsRead"/>.</summary>
    /// <exception cref="StateUnavailableException">The snapshot lacks the state, or it is damaged.</exception>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ChainState state = ChainState.Open(snapshot, in stateRoot, Resident);
        return new AccountsRead(stateRoot, Read(definition, state, accounts));
    }

    /// <summary>Where accounts stand, in their order.</summary>
    internal static AccountStanding[] Read(LedgerDefinition definition, ChainState state, IReadOnlyList<AccountAddress> accounts)
    {
        var reads = new BatchedReads(state);
        for (int i = 0; i < accounts.Count; i++)
        {
            Read(definition, reads, accounts[i]);
        }

        reads.Answer();
        var standings = new AccountStanding[accounts.Count];
        for (int i = 0; i < standings.Length; i++)
        {
            standings[i] = Read(definition, reads, accounts[i]);
        }

        return standings;
    }

    private static AccountStanding Read(LedgerDefinition definition, IStateReader state, AccountAddress account) =>
        new(account, definition.Accounts.NextNonce(state, account), definition.FeeModule?.Spendable(state, account) ?? 0);
}
