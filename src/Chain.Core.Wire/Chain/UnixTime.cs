namespace Chain.Core.Wire;

/// <summary>A wall-clock time as headers carry it. It can jump; timeouts use the monotonic clock instead.</summary>
/// <param name="Milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct UnixTime(ulong Milliseconds) : IComparable<UnixTime>
{
    /// <summary>Later by <paramref name="duration"/>.</summary>
    /// <exception cref="OverflowException">The result is not a time.</exception>
    public UnixTime Plus(TimeSpan duration) =>
        new(checked((ulong)((Int128)Milliseconds + (duration.Ticks / TimeSpan.TicksPerMillisecond))));

    /// <inheritdoc/>
    public int CompareTo(UnixTime other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>Earlier.</summary>
    public static bool operator <(UnixTime left, UnixTime right) => left.Milliseconds < right.Milliseconds;

    /// <summary>Later.</summary>
    public static bool operator >(UnixTime left, UnixTime right) => left.Milliseconds > right.Milliseconds;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(UnixTime left, UnixTime right) => left.Milliseconds <= right.Milliseconds;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(UnixTime left, UnixTime right) => left.Milliseconds >= right.Milliseconds;
}
