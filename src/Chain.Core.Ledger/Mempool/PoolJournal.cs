using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>
/// What has changed in the pool since it was last written to the store. A transaction that came and went in between is
/// never written, and one that was written is deleted once.
/// </summary>
internal sealed class PoolJournal
{
    private readonly Queue<PooledTransaction> _added = new();
    private readonly Queue<byte[]> _deletes = new();
    private ulong? _next;

    /// <summary>Whether something is to be written and the numbers to write it under are known.</summary>
    public bool HasChanges => _next is not null && (_added.Count != 0 || _deletes.Count != 0);

    /// <summary>Says that the records of earlier lives have numbers below this one.</summary>
    public void StartAt(ulong number) => _next = number;

    public void OnAdded(PooledTransaction pooled)
    {
        if (pooled.Record == 0)
        {
            _added.Enqueue(pooled);
        }
    }

    public void OnRemoved(PooledTransaction pooled)
    {
        pooled.IsGone = true;
        Forget(pooled.Record);
    }

    /// <summary>Deletes a record, where it is one.</summary>
    public void Forget(ulong record)
    {
        if (record != 0)
        {
            _deletes.Enqueue(PoolRecord.KeyOf(record));
        }
    }

    public void Forget(byte[] key) => _deletes.Enqueue(key);

    /// <summary>The oldest changes, at most <paramref name="max"/> of them; what is not taken comes the next time.</summary>
    public WriteBatch Take(int max)
    {
        var batch = new WriteBatch();
        while (_next is not null && batch.Operations.Count < max && _deletes.TryDequeue(out byte[]? key))
        {
            batch.Delete(key);
        }

        while (_next is { } number && batch.Operations.Count < max && _added.TryDequeue(out PooledTransaction? pooled))
        {
            if (!pooled.IsGone)
            {
                pooled.Record = number;
                batch.Put(PoolRecord.KeyOf(number), PoolRecord.ValueOf(pooled));
                _next = number + 1;
            }
        }

        return batch;
    }
}
