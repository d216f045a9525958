namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>
/// Bitcoin's rule: every 2,016 blocks the target is scaled by the time that the last 2,016 took, at most fourfold
/// either way.
/// </summary>
/// <remarks>
/// Bitcoin measures from the first block of a period to its last, 2,015 intervals, so that no interval between periods
/// counts. Whoever has most of the work can hold times back, set the last of each period far ahead, and lower the
/// difficulty without end (the time warp). A new chain should let the periods overlap by one block instead.
/// </remarks>
public sealed class Bitcoin2016Retarget : IRetargetRule
{
    private readonly long _timespan;
    private readonly ulong _interval;
    private readonly UInt256 _limit;
    private readonly bool _overlaps;

    /// <summary>A rule in the unit of time of the caller.</summary>
    /// <param name="spacing">The time from block to block that is aimed at; positive.</param>
    /// <param name="limit">The easiest target.</param>
    /// <param name="interval">The blocks of a period, at least 2.</param>
    /// <param name="overlapsPeriods">Whether a period is measured from the last block of the one before; false is Bitcoin.</param>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public Bitcoin2016Retarget(long spacing, CompactTarget limit, int interval = 2016, bool overlapsPeriods = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spacing);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 2);
        _limit = limit.TryExpand(out UInt256 target) ? target : throw new ArgumentException("The limit is no target.", nameof(limit));
        _timespan = checked(spacing * interval);
        _interval = (ulong)interval;
        _overlaps = overlapsPeriods;
    }

    /// <inheritdoc/>
    public string Name => "bitcoin-2016";

    /// <inheritdoc/>
    public CompactTarget NextTarget(IWorkHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        WorkPoint parent = history.Parent;
        ulong sinceStart = parent.Height % _interval;
        if (sinceStart != _interval - 1)
        {
            return parent.Target;
        }

        ulong first = parent.Height - sinceStart;
        first = _overlaps && first > 0 ? first - 1 : first;
        return history.TryGet(first, out WorkPoint start)
            ? Scale(parent.Target, (Int128)parent.Time - start.Time)
            : parent.Target;
    }

    /// <summary>The target of a new period, from that of the old one and the time that it took.</summary>
    public CompactTarget Scale(CompactTarget target, Int128 actual)
    {
        if (!target.TryExpand(out UInt256 old))
        {
            return CompactTarget.FromTarget(in _limit);
        }

        var time = (ulong)Int128.Clamp(actual, _timespan / 4, _timespan * (Int128)4);

        // old · time / timespan, without the product that may not fit.
        UInt256 whole = UInt256.DivRem(in old, (ulong)_timespan, out UInt256 rest);
        bool fits = UInt256.TryMultiply(in whole, time, out UInt256 scaled);
        scaled = fits ? UInt256.AddSaturating(in scaled, rest * time / (ulong)_timespan) : _limit;
        scaled = scaled > _limit ? _limit : scaled;
        return CompactTarget.FromTarget(scaled.IsZero ? UInt256.One : scaled);
    }
}
