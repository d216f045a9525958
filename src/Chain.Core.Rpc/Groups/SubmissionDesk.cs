using System.Collections.Concurrent;
using System.Diagnostics;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Hands transactions in, and tells their senders and those who watch them what the mempool says.</summary>
internal sealed class SubmissionDesk : IDisposable
{
    private readonly ChainNode _node;
    private readonly ActivitySource _trace = new("Chain.Core.Rpc");
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<TransactionId, TaskCompletionSource<string?>> _waiting = new();
    private readonly ConcurrentDictionary<TransactionId, WatchedTransaction> _watched = new();

    public SubmissionDesk(ChainNode node)
    {
        _node = node;
        _subscription = node.Subscribe(OnEvent);
    }

    /// <summary>Hands a transaction in and waits for the mempool's verdict.</summary>
    public async ValueTask<RpcResult<SubmitResult>> SubmitAsync(Transaction transaction, TimeSpan patience, CancellationToken cancellation)
    {
        TransactionId id = transaction.Id;
        using Activity? span = Trace(id);
        var own = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<string?> verdict = _waiting.GetOrAdd(id, own);
        if (verdict == own)
        {
            // Of two that send the same at once, one hands it in and both hear the verdict.
            await _node.SubmitAsync(transaction, cancellation).ConfigureAwait(false);
        }

        try
        {
            string? refusal = await verdict.Task.WaitAsync(patience, cancellation).ConfigureAwait(false);
            span?.SetStatus(refusal is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, refusal);
            return refusal is null
                ? new SubmitResult(id, "pending")
                : new RpcError(ErrorKinds.OfRefusal(refusal), null, refusal);
        }
        catch (TimeoutException)
        {
            span?.SetStatus(ActivityStatusCode.Error, "no verdict");
            return ErrorKinds.NoVerdict;
        }
        finally
        {
            if (verdict == own)
            {
                _waiting.TryRemove(new KeyValuePair<TransactionId, TaskCompletionSource<string?>>(id, own));
            }
        }
    }

    /// <summary>Has somebody told of what the mempool says of a transaction; end it with <see cref="Unwatch"/>.</summary>
    public WatchedTransaction Watch(TransactionId id)
    {
        while (true)
        {
            WatchedTransaction watched = _watched.GetOrAdd(id, static key => new WatchedTransaction(key));
            if (watched.TryEnter())
            {
                return watched;
            }
        }
    }

    public void Unwatch(WatchedTransaction watched)
    {
        if (watched.Leave())
        {
            _watched.TryRemove(new KeyValuePair<TransactionId, WatchedTransaction>(watched.Id, watched));
        }
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _trace.Dispose();
    }

    private Activity? Trace(TransactionId id)
    {
        ActivityContext trace = _trace.HasListeners() ? _node.TraceOf(id) : default;
        return trace == default ? null : _trace.StartActivity("tx_v1_submit", ActivityKind.Server, trace, [new("chain.transaction.id", $"0x{id.Value}")]);
    }

    /// <summary>On the node's own thread: returns at once.</summary>
    private void OnEvent(NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.TransactionAdmitted admitted:
                Tell(admitted.Id, null);
                break;
            case NodeEvent.TransactionRefused refused:
                Tell(refused.Id, refused.Reason);
                break;
        }
    }

    private void Tell(TransactionId id, string? refusal)
    {
        if (_waiting.TryGetValue(id, out TaskCompletionSource<string?>? waiter))
        {
            waiter.TrySetResult(refusal);
        }

        if (_watched.TryGetValue(id, out WatchedTransaction? watched))
        {
            watched.OnVerdict(refusal);
        }
    }
}
