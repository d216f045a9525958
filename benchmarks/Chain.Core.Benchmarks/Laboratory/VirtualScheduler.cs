namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>Virtual time for ordinary async code: continuations run on one thread, and delays end in the order of their times.</summary>
internal sealed class VirtualScheduler : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly PriorityQueue<TaskCompletionSource, (long Ticks, long Sequence)> _delays = new();
    private long _now;
    private long _sequence;

    public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

    public Task Delay(TimeSpan delay)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _delays.Enqueue(over, (_now + delay.Ticks, _sequence++));
        return over.Task;
    }

    public void RunFor(TimeSpan duration)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        long end = _now + duration.Ticks;
        RunReady();
        while (_delays.TryPeek(out TaskCompletionSource? over, out (long Ticks, long) due) && due.Ticks <= end)
        {
            _delays.Dequeue();
            _now = due.Ticks;
            over.SetResult();
            RunReady();
        }

        _now = end;
        SetSynchronizationContext(before);
    }

    private void RunReady()
    {
        while (_ready.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
        {
            next.Callback(next.State);
        }
    }
}
