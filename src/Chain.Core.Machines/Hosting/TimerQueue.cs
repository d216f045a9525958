namespace Chain.Core.Machines;

/// <summary>
/// The timers of one machine. Setting a timer anew or cancelling it raises its generation, and what is queued
/// under an older one is dropped: a stale timer never reaches the machine.
/// </summary>
public sealed class TimerQueue
{
    private const int CompactionSlack = 64;

    private readonly PriorityQueue<(TimerKey Key, ulong Generation), (Instant Due, ulong Generation)> _queue = new();
    private readonly Dictionary<TimerKey, ulong> _current = [];
    private ulong _generation;

    /// <summary>How many timers are set.</summary>
    public int Count => _current.Count;

    /// <summary>Sets the timer, in place of an earlier one under the same key.</summary>
    /// <returns>The generation of this setting.</returns>
    public ulong Set(TimerKey key, Instant due)
    {
        ulong generation = ++_generation;
        _current[key] = generation;
        _queue.Enqueue((key, generation), (due, generation));
        if (_queue.Count > (2 * _current.Count) + CompactionSlack)
        {
            Compact();
        }

        return generation;
    }

    /// <summary>Cancels the timer where it is set.</summary>
    public void Cancel(TimerKey key) => _current.Remove(key);

    /// <summary>When the next timer is due; false where none is set.</summary>
    public bool TryPeek(out Instant due)
    {
        DropStale();
        bool any = _queue.TryPeek(out _, out (Instant Due, ulong Generation) order);
        due = order.Due;
        return any;
    }

    /// <summary>Takes the next timer that is due at <paramref name="now"/>, in order of due time, then of setting.</summary>
    public bool TryTakeDue(Instant now, out TimerKey key)
    {
        key = default;
        if (!TryPeek(out Instant due) || due > now)
        {
            return false;
        }

        key = _queue.Dequeue().Key;
        return _current.Remove(key);
    }

    private void DropStale()
    {
        while (_queue.TryPeek(out (TimerKey Key, ulong Generation) head, out _) && !IsCurrent(head))
        {
            _queue.Dequeue();
        }
    }

    // A timer that is pushed back again and again would leave one stale entry each time.
    private void Compact()
    {
        var kept = new List<((TimerKey, ulong) Entry, (Instant, ulong) Order)>(_current.Count);
        foreach (((TimerKey Key, ulong Generation) entry, (Instant Due, ulong Generation) order) in _queue.UnorderedItems)
        {
            if (IsCurrent(entry))
            {
                kept.Add((entry, order));
            }
        }

        _queue.Clear();
        _queue.EnqueueRange(kept);
    }

    private bool IsCurrent((TimerKey Key, ulong Generation) entry) =>
        _current.TryGetValue(entry.Key, out ulong generation) && generation == entry.Generation;
}
