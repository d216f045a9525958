using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>The time of a dev chain: the wall clock and an offset, never at or before the head's time.</summary>
internal sealed class DevClock
{
    private long _offset; // milliseconds
    private UnixTime? _next;

    /// <summary>The time for a block on <paramref name="head"/>.</summary>
    public UnixTime TimeAfter(BlockHeader head, UnixTime wallClock)
    {
        if (_next is { } next && next > head.Time)
        {
            return next;
        }

        // After the parent's time even where the clock was set back.
        UnixTime now = At(wallClock);
        return now > head.Time ? now : new UnixTime(head.Time.Milliseconds + 1);
    }

    public void Advance(TimeSpan by, UnixTime wallClock)
    {
        long milliseconds = by.Ticks / TimeSpan.TicksPerMillisecond;
        ulong latest = ulong.Max(At(wallClock).Milliseconds, _next?.Milliseconds ?? 0);
        if (latest + (ulong)milliseconds <= DevCommand.LastTime.Milliseconds)
        {
            _offset += milliseconds;
            _next = _next is { } next ? new UnixTime(next.Milliseconds + (ulong)milliseconds) : null;
        }
    }

    public void SetNext(UnixTime time, BlockHeader head)
    {
        if (time > head.Time && time <= DevCommand.LastTime)
        {
            _next = time;
        }
    }

    /// <summary>Takes note of a block that was sealed: the clock runs on from a time that was asked for.</summary>
    public void OnSealed(UnixTime time, UnixTime wallClock)
    {
        if (time == _next)
        {
            _offset = (long)time.Milliseconds - (long)wallClock.Milliseconds;
            _next = null;
        }
    }

    public void GoBackTo(BlockHeader head, UnixTime wallClock)
    {
        _offset = head.Time > wallClock ? (long)(head.Time.Milliseconds - wallClock.Milliseconds) : 0;
        _next = null;
    }

    private UnixTime At(UnixTime wallClock) => new((ulong)((long)wallClock.Milliseconds + _offset));
}
