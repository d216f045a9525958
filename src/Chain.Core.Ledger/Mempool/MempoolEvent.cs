using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What a mempool reports.</summary>
public abstract record MempoolEvent : DomainEvent
{
    private protected MempoolEvent()
    {
    }

    /// <summary>A transaction waits for a block now: tell the peers.</summary>
    /// <param name="Transaction">The transaction, in memory of its own.</param>
    /// <param name="Origin">The peer that sent it, or null for this node's own user or a block that was undone.</param>
    public sealed record TransactionAdmitted(Transaction Transaction, ConnectionId? Origin) : MempoolEvent;

    /// <summary>A transaction was not taken.</summary>
    /// <param name="Id">Which one.</param>
    /// <param name="Reason">Why. A bad signature or a bad call says something about the peer; the others need not.</param>
    /// <param name="Origin">The peer that sent it, or null for this node's own user or a block that was undone.</param>
    public sealed record TransactionRefused(TransactionId Id, TransactionRefusal Reason, ConnectionId? Origin) : MempoolEvent;

    /// <summary>The transactions that an earlier life of the node kept were read; their admission may still go on.</summary>
    /// <param name="Read">How many there are.</param>
    /// <param name="Damaged">How many records were no transactions. They are deleted.</param>
    public sealed record PoolRead(int Read, int Damaged) : MempoolEvent;

    /// <summary>A transaction that waited was given up; it is in no block.</summary>
    public sealed record TransactionDropped(TransactionId Id, DropReason Reason) : MempoolEvent;
}
