using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Transactions whose admission is not decided yet. Those of undone blocks go first and know no limit but the blocks'.</summary>
internal sealed class AdmissionQueue(MempoolOptions options, SaltedComparer comparer)
{
    private readonly HashSet<TransactionId> _ids = new(comparer);
    private readonly Queue<Offer> _returned = new();
    private readonly Queue<Offer> _submitted = new();
    private long _bytes;

    public int Count => _returned.Count + _submitted.Count;

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
        _submitted.Enqueue(new Offer(transaction, origin, IsReturned: false));
        _bytes += transaction.Encoded.Length;
        return true;
    }

    /// <summary>Takes back a transaction of a block that was undone.</summary>
    public void Return(Transaction transaction)
    {
        if (_ids.Add(transaction.Id))
        {
            _returned.Enqueue(new Offer(transaction, null, IsReturned: true));
        }
    }

    /// <summary>The next ones to check; they stay known until <see cref="Forget"/>.</summary>
    public Offer[] TakeBatch()
    {
        var batch = new Offer[int.Min(Count, options.AdmissionBatch)];
        for (int i = 0; i < batch.Length; i++)
        {
            if (!_returned.TryDequeue(out batch[i]))
            {
                batch[i] = _submitted.Dequeue();
                _bytes -= batch[i].Transaction.Encoded.Length;
            }
        }

        return batch;
    }

    public void Forget(TransactionId id) => _ids.Remove(id);

    internal readonly record struct Offer(Transaction Transaction, ConnectionId? Origin, bool IsReturned);
}
