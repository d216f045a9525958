using System.Collections.Concurrent;
using Chain.Core.Ledger;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>Callers that wait for their transaction to be included.</summary>
internal sealed class InclusionWaiters(IKeyValueStore store)
{
    private readonly ConcurrentDictionary<TransactionId, TaskCompletionSource<InclusionReceipt>> _waiting = new();

    public Task<InclusionReceipt> WaitFor(TransactionId id, CancellationToken cancellation)
    {
        TaskCompletionSource<InclusionReceipt> waiter = _waiting.GetOrAdd(
            id, static _ => new TaskCompletionSource<InclusionReceipt>(TaskCreationOptions.RunContinuationsAsynchronously));
        return waiter.Task.WaitAsync(cancellation);
    }

    public void OnApplied(IReadOnlyList<Block> applied)
    {
        if (_waiting.IsEmpty)
        {
            return;
        }

        foreach (Block block in applied)
        {
            Complete(block);
        }
    }

    public void OnRefused(TransactionId id, string reason)
    {
        if (_waiting.TryRemove(id, out TaskCompletionSource<InclusionReceipt>? waiter))
        {
            waiter.TrySetException(new TransactionRefusedException(reason));
        }
    }

    public void FailAll(Exception fault)
    {
        foreach (TransactionId id in _waiting.Keys)
        {
            if (_waiting.TryRemove(id, out TaskCompletionSource<InclusionReceipt>? waiter))
            {
                waiter.TrySetException(fault);
            }
        }
    }

    public void CancelAll()
    {
        foreach (TransactionId id in _waiting.Keys)
        {
            if (_waiting.TryRemove(id, out TaskCompletionSource<InclusionReceipt>? waiter))
            {
                waiter.TrySetCanceled();
            }
        }
    }

    private void Complete(Block block)
    {
        IReadOnlyList<Receipt>? receipts = null;
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            if (_waiting.TryRemove(block.Transactions[i].Id, out TaskCompletionSource<InclusionReceipt>? waiter))
            {
                receipts ??= ReceiptsOf(block.Id);
                waiter.TrySetResult(new InclusionReceipt(block.Id, block.Height, receipts[i]));
            }
        }
    }

    private IReadOnlyList<Receipt> ReceiptsOf(BlockId block) =>
        BlockReceipts.TryRead(store, block, out IReadOnlyList<Receipt>? receipts)
            ? receipts
            : throw new StorageException($"The receipts of block {block} are missing.");
}
