using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// The order of what happens to one node. No counter is global, so that the order does not depend on how nodes are spread
/// over threads.
/// </summary>
/// <param name="Time">When it happens.</param>
/// <param name="Source">The node that caused it.</param>
/// <param name="Sequence">How many events the source had caused before.</param>
internal readonly record struct EventKey(Instant Time, int Source, ulong Sequence) : IComparable<EventKey>
{
    public int CompareTo(EventKey other)
    {
        int order = Time.CompareTo(other.Time);
        order = order != 0 ? order : Source.CompareTo(other.Source);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    public static bool operator <(EventKey left, EventKey right) => left.CompareTo(right) < 0;

    public static bool operator >(EventKey left, EventKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventKey left, EventKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventKey left, EventKey right) => left.CompareTo(right) >= 0;
}
