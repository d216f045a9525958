using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Transactions whose admission is not decided yet. Those of undone blocks go first and know no limit but the blocks'; then those of an earlier life, a slice at a time.
/// </summary>
internal sealed class AdmissionQueue(MempoolOptions options, SaltedComparer comparer)
{
    private readonly HashSet<TransactionId> _ids = new(comparer);
    private readonly Queue<Offer> _returned = new();
    private readonly Queue<Offer> _kept = new();
    private readonly Queue<Offer> _submitted = new();
    private long _bytes;

    /// <summary>What waits to be checked, in order.</summary>
    public IEnumerable<Offer> All => _returned.Concat(_kept).Concat(_submitted);

    public int Count => _returned.Count + _kept.Count + _submitted.Count;

    /// <summary>Whether transactions of an earlier life wait here.</summary>
    public bool HasKept => _kept.Count != 0;

    /// <summary>Whether it waits here or is being checked.</summary>
    public bool Contains(TransactionId id) => _ids.Contains(id);

    /// <summary>Takes a transaction, unless there are too many.</summary>
    public bool TryAdd(Transaction transaction, ConnectionId? origin)
    {
        if (_submitted.Count >= options.MaxUndecided || _bytes + transaction.Encoded.Length > options.MaxUndecidedBytes)
        {
            return false;
        }

        _ids.Add(transaction.Id);
        _submitted.Enqueue(new Offer(transaction, origin, IsReturned: false, null));
        _bytes += transaction.Encoded.Length;
        return true;
    }

    /// <summary>Takes back a transaction of a block that was undone.</summary>
    public void Return(Transaction transaction)
    {
        if (_ids.Add(transaction.Id))
        {
            _returned.Enqueue(new Offer(transaction, null, IsReturned: true, null));
        }
    }

    /// <summary>Takes back a transaction of an earlier life. The mempool reads few of them at a time.</summary>
    public void Restore(Transaction transaction, in Arrival arrival)
    {
        _ids.Add(transaction.Id);
        _kept.Enqueue(new Offer(transaction, null, IsReturned: false, arrival));
    }

    /// <summary>The next ones to check; they stay known until <see cref="Forget"/>.</summary>
    public Offer[] TakeBatch()
    {
        var batch = new Offer[int.Min(Count, options.AdmissionBatch)];
        for (int i = 0; i < batch.Length; i++)
        {
            if (!_returned.TryDequeue(out batch[i]) && !_kept.TryDequeue(out batch[i]))
            {
                batch[i] = _submitted.Dequeue();
                _bytes -= batch[i].Transaction.Encoded.Length;
            }
        }

        return batch;
    }

    public void Forget(TransactionId id) => _ids.Remove(id);

    /// <param name="Transaction">The transaction.</param>
    /// <param name="Origin">The peer that sent it.</param>
    /// <param name="IsReturned">Whether it comes from a block that was undone.</param>
    /// <param name="Kept">When it came, where an earlier life kept it.</param>
    internal readonly record struct Offer(Transaction Transaction, ConnectionId? Origin, bool IsReturned, Arrival? Kept);
}
