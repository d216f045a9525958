using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A transaction that waits.</summary>
internal sealed class PooledTransaction(Transaction transaction, ulong sequence, Instant since)
{
    public Transaction Transaction { get; } = transaction;

    public TransactionId Id => Transaction.Id;

    public ulong Nonce => Transaction.Terms.Nonce;

    public ulong Fee => Transaction.Terms.Fee;

    /// <summary>In which order transactions were admitted; unique.</summary>
    public ulong Sequence { get; } = sequence;

    public Instant Since { get; } = since;

    public FeeRate Rate => new(Fee, Transaction.Encoded.Length);

    /// <summary>What it counts against the budget.</summary>
    public int Charge => Transaction.Encoded.Length + MempoolOptions.TransactionOverhead;
}
