using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core;

/// <content>What only the machine knows: it is asked between two steps.</content>
public sealed partial class ChainNode
{
    /// <summary>Most questions that may wait; more are refused, so that askers cannot fill the memory.</summary>
    private const int MaxOpenQuestions = 1024;

    private int _openQuestions;

    /// <summary>The transactions that wait, the earliest first.</summary>
    /// <param name="max">Most transactions to list; 0 to 10,000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">Too many questions are open.</exception>
    public Task<PendingTransactions> ReadPendingAsync(int max, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 10_000);
        return AskAsync((node, _) => new PendingTransactions(node.MempoolCount, node.MempoolBytes, node.PendingTransactions(max)), cancellation);
    }

    /// <summary>The transaction, where it waits in the mempool.</summary>
    /// <exception cref="InvalidOperationException">Too many questions are open.</exception>
    public Task<Transaction?> FindPendingAsync(TransactionId id, CancellationToken cancellation = default) =>
        AskAsync((node, _) => node.FindPending(id), cancellation);

    /// <summary>Every peer that has said hello.</summary>
    /// <exception cref="InvalidOperationException">Too many questions are open.</exception>
    public Task<IReadOnlyList<PeerReport>> ReadPeersAsync(CancellationToken cancellation = default) =>
        AskAsync(static (node, now) => node.ReportPeers(now), cancellation);

    internal async Task<T> AskAsync<T>(Func<FullNode, Instant, T> question, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _openQuestions) > MaxOpenQuestions)
        {
            Interlocked.Decrement(ref _openQuestions);
            throw new InvalidOperationException($"More than {MaxOpenQuestions} questions wait for the node.");
        }

        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Ask(now =>
        {
            Interlocked.Decrement(ref _openQuestions);
            answer.TrySetResult(question(_machine, now));
        });
        using CancellationTokenRegistration stopped = _stopping.Token.Register(() => answer.TrySetCanceled(_stopping.Token));
        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }
}
