namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>
/// A linearly weighted moving average of solve times (LWMA-1 of Zawy): the newest of N solve times counts N times, the
/// oldest once, and scales the mean of their targets. Follows the hash rate within about N blocks.
/// </summary>
/// <remarks>
/// The target is Σ(targetᵢ / (N·k)) · Σ(i·tᵢ) with k = N(N + 1)/2 · spacing, rounded down in this order. A time that is
/// not after the one before counts as one unit later, and a solve time as at most six spacings.
/// </remarks>
public sealed class LwmaRetarget : IRetargetRule
{
    private const int LongestInSpacings = 6;

    private readonly long _spacing;
    private readonly int _window;
    private readonly UInt256 _limit;

    /// <summary>A rule in the unit of time of the caller.</summary>
    /// <param name="spacing">The time from block to block that is aimed at; positive, at most 2³⁰.</param>
    /// <param name="limit">The easiest target.</param>
    /// <param name="window">How many solve times count: 2 to 1,000.</param>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public LwmaRetarget(long spacing, CompactTarget limit, int window = 60)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spacing);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spacing, 1L << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, 1000);
        _limit = limit.TryExpand(out UInt256 target) ? target : throw new ArgumentException("The limit is no target.", nameof(limit));
        _spacing = spacing;
        _window = window;
    }

    /// <inheritdoc/>
    public string Name => "lwma";

    /// <inheritdoc/>
    public CompactTarget NextTarget(IWorkHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        WorkPoint parent = history.Parent;

        // Genesis was not worked for, so that the first solve time ends at block 2.
        if (parent.Height <= (ulong)_window || !history.TryGet(parent.Height - (ulong)_window, out WorkPoint before))
        {
            return parent.Target;
        }

        UInt256 divisor = (ulong)(_window * ((long)_window * (_window + 1) / 2 * _spacing));
        UInt256 targets = UInt256.Zero;
        ulong weighted = 0;
        long previous = before.Time;
        for (int i = 1; i <= _window; i++)
        {
            if (!history.TryGet(parent.Height - (ulong)(_window - i), out WorkPoint point) || !point.Target.TryExpand(out UInt256 target))
            {
                return parent.Target;
            }

            long time = long.Max(point.Time, previous + 1);
            weighted += (ulong)i * (ulong)long.Min(LongestInSpacings * _spacing, time - previous);
            previous = time;
            targets = UInt256.AddSaturating(in targets, target / divisor);
        }

        bool fits = UInt256.TryMultiply(in targets, weighted, out UInt256 next) && next <= _limit;
        next = fits ? next : _limit;
        return CompactTarget.FromTarget(next.IsZero ? UInt256.One : next);
    }
}
