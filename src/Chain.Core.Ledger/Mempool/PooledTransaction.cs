using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A transaction that waits.</summary>
internal sealed class PooledTransaction(Transaction transaction, ulong sequence, in Arrival arrival)
{
    public Transaction Transaction { get; } = transaction;

    public TransactionId Id => Transaction.Id;

    public ulong Nonce => Transaction.Terms.Nonce;

    public ulong Fee => Transaction.Terms.Fee;

    /// <summary>In which order transactions were admitted; unique.</summary>
    public ulong Sequence { get; } = sequence;

    public Instant Since { get; } = arrival.At;

    public UnixTime Clock { get; } = arrival.Clock;

    /// <summary>The number of its record in the store; 0 where it has none.</summary>
    public ulong Record { get; set; } = arrival.Record;

    /// <summary>Whether it has left the pool.</summary>
    public bool IsGone { get; set; }

    public FeeRate Rate => new(Fee, Transaction.Encoded.Length);

    /// <summary>What it counts against the budget.</summary>
    public int Charge => Transaction.Encoded.Length + MempoolOptions.TransactionOverhead;
}
