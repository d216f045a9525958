using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>An <see cref="Allowance"/> being used: integer arithmetic, in millionths of a unit.</summary>
internal struct TokenBucket(Allowance allowance, Instant now)
{
    private const long Micro = 1_000_000;

    private long _level = allowance.Burst * Micro;
    private Instant _last = now;

    /// <summary>Takes <paramref name="units"/> if all of them are free, and nothing otherwise.</summary>
    public bool TryTake(long units, Instant now)
    {
        Refill(now);
        long cost = units * Micro;
        if (cost > _level)
        {
            return false;
        }

        _level -= cost;
        return true;
    }

    private void Refill(Instant now)
    {
        long full = allowance.Burst * Micro;
        long elapsed = long.Max(now.Microseconds - _last.Microseconds, 0);
        if (_level < full)
        {
            // Up to half an hour fits the product; a division is dearer than all the rest here.
            _level = elapsed < int.MaxValue
                ? long.Min(full, _level + (elapsed * allowance.PerSecond))
                : AfterLong(full, elapsed);
        }

        _last = now;
    }

    private readonly long AfterLong(long full, long elapsed) =>
        elapsed > (full - _level) / allowance.PerSecond ? full : _level + (elapsed * allowance.PerSecond);
}
