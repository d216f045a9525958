using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Checks transactions for the mempool: form, call and expiry first, then nonce and fee against the state of the
/// head, then all signatures together. A nonce above the next one is no reason to refuse here.
/// </summary>
/// <param name="definition">The rules of the chain.</param>
/// <param name="genesis">The chain that signatures must be made for.</param>
/// <param name="headStateRoot">The state to ask; the snapshot must hold it.</param>
/// <param name="headHeight">Height of the head: a transaction must be valid in the next block.</param>
/// <param name="transactions">What to check.</param>
public sealed class AdmitTransactionsJob(
    LedgerDefinition definition,
    BlockId genesis,
    Hash256 headStateRoot,
    BlockHeight headHeight,
    IReadOnlyList<Transaction> transactions) : Job
{
    /// <summary>What is in memory of that state; null reads all that is needed from the snapshot.</summary>
    public ResidentState? Resident { get; init; }

    /// <summary>How many nodes of that state may stay in memory afterwards.</summary>
    /// <value>None by default: the result then hands on nothing.</value>
    public long MaxResidentNodes { get; init; }

    /// <inheritdoc/>
    public override int SignatureChecks => transactions.Count;

    /// <summary>Computes a <see cref="TransactionsAdmitted"/>.</summary>
    /// <exception cref="StateUnavailableException">The snapshot lacks the head's state, or it is damaged.</exception>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        TransactionHashes.Find(transactions);
        ChainState state = ChainState.Open(snapshot, in headStateRoot, Resident);
        var refusals = new TransactionRefusal[transactions.Count];
        var verdicts = new AdmissionVerdict[transactions.Count];
        AccountStanding[] senders = ReadAccountsJob.Read(
            definition, state, [.. transactions.Select(static transaction => transaction.Sender)]);
        for (int i = 0; i < verdicts.Length; i++)
        {
            refusals[i] = Check(transactions[i], in senders[i]);
        }

        TransactionChecks.CheckSignatures(definition, genesis, transactions, null, refusals);
        for (int i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = new AdmissionVerdict(transactions[i], refusals[i], senders[i]);
        }

        return new TransactionsAdmitted(headStateRoot, verdicts)
        {
            Resident = MaxResidentNodes > 0 ? state.ToResident(MaxResidentNodes) : null,
        };
    }

    private TransactionRefusal Check(Transaction transaction, in AccountStanding sender)
    {
        TransactionRefusal refusal = TransactionChecks.CheckForm(definition, transaction, headHeight.Next());
        return refusal != TransactionRefusal.None ? refusal
            : !definition.Accepts(transaction.Terms.Call) ? TransactionRefusal.BadCall
            : transaction.Terms.Nonce < sender.NextNonce || sender.NextNonce == ulong.MaxValue ? TransactionRefusal.NonceUsed
            : transaction.Terms.Fee > sender.Spendable ? TransactionRefusal.FeeUnaffordable
            : TransactionRefusal.None;
    }
}
