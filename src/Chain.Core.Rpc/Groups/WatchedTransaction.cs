using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>What the mempool last said of a transaction that somebody watches. Shared by all who watch it.</summary>
internal sealed class WatchedTransaction(TransactionId id)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _refusal;
    private int _watchers;
    private bool _isClosed;

    public TransactionId Id { get; } = id;

    /// <summary>Why the mempool has not taken it or has dropped it; null where it waits or nothing was said.</summary>
    public string? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Ends with the next verdict. To be taken before anything is looked at.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>One more watches; false where the last one has just left.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _watchers += _isClosed ? 0 : 1;
            return !_isClosed;
        }
    }

    /// <summary>One less watches; true where it was the last.</summary>
    public bool Leave()
    {
        lock (_gate)
        {
            _isClosed = --_watchers == 0;
            return _isClosed;
        }
    }

    public void OnVerdict(string? refusal)
    {
        Volatile.Write(ref _refusal, refusal);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
