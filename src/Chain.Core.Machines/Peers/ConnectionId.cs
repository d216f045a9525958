namespace Chain.Core.Machines;

/// <summary>One connection of this host, in either direction. Numbers are never used twice while the host runs.</summary>
/// <param name="Value">Given by the host, ascending.</param>
public readonly record struct ConnectionId(ulong Value) : IComparable<ConnectionId>
{
    /// <inheritdoc/>
    public int CompareTo(ConnectionId other) => Value.CompareTo(other.Value);

    /// <summary>As logs show it.</summary>
    public override string ToString() => $"c{Value}";

    /// <summary>Opened earlier.</summary>
    public static bool operator <(ConnectionId left, ConnectionId right) => left.Value < right.Value;

    /// <summary>Opened later.</summary>
    public static bool operator >(ConnectionId left, ConnectionId right) => left.Value > right.Value;

    /// <summary>Opened earlier, or the same.</summary>
    public static bool operator <=(ConnectionId left, ConnectionId right) => left.Value <= right.Value;

    /// <summary>Opened later, or the same.</summary>
    public static bool operator >=(ConnectionId left, ConnectionId right) => left.Value >= right.Value;
}
