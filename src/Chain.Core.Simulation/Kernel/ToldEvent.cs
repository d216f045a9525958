using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>What a node told in a window, to be handed on after it.</summary>
/// <param name="Time">When.</param>
/// <param name="Node">Who.</param>
/// <param name="Place">How much its shard was told before, in the window.</param>
/// <param name="Event">What.</param>
internal readonly record struct ToldEvent(Instant Time, SimulatedNode Node, int Place, DomainEvent Event) : IComparable<ToldEvent>
{
    /// <summary>By time, then by node, and each node's in the order in which it told them.</summary>
    public int CompareTo(ToldEvent other)
    {
        int order = Time.CompareTo(other.Time);
        order = order != 0 ? order : Node.Index.CompareTo(other.Node.Index);
        return order != 0 ? order : Place.CompareTo(other.Place);
    }

    public static bool operator <(ToldEvent left, ToldEvent right) => left.CompareTo(right) < 0;

    public static bool operator >(ToldEvent left, ToldEvent right) => left.CompareTo(right) > 0;

    public static bool operator <=(ToldEvent left, ToldEvent right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ToldEvent left, ToldEvent right) => left.CompareTo(right) >= 0;
}
