using System.Globalization;

namespace Chain.Core.Machines;

/// <summary>A point on the host's monotonic clock.</summary>
/// <param name="Microseconds">Microseconds since the host started.</param>
public readonly record struct Instant(long Microseconds) : IComparable<Instant>
{
    /// <summary>When the host started.</summary>
    public static Instant Zero => default;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>Seconds with six decimals.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Microseconds / 1_000_000}.{Microseconds % 1_000_000:D6} s");

    /// <summary>Later by a duration.</summary>
    public static Instant operator +(Instant instant, TimeSpan duration) =>
        new(checked(instant.Microseconds + (duration.Ticks / TimeSpan.TicksPerMicrosecond)));

    /// <inheritdoc cref="op_Addition"/>
    public Instant Add(TimeSpan duration) => this + duration;

    /// <summary>The time from <paramref name="earlier"/> to <paramref name="later"/>.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) =>
        new(checked((later.Microseconds - earlier.Microseconds) * TimeSpan.TicksPerMicrosecond));

    /// <inheritdoc cref="op_Subtraction"/>
    public TimeSpan Subtract(Instant earlier) => this - earlier;

    /// <summary>Earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.Microseconds < right.Microseconds;

    /// <summary>Later.</summary>
    public static bool operator >(Instant left, Instant right) => left.Microseconds > right.Microseconds;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Microseconds <= right.Microseconds;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Microseconds >= right.Microseconds;
}
