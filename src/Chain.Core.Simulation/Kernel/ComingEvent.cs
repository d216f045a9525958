namespace Chain.Core.Simulation;

/// <summary>An event of a node's queue.</summary>
internal readonly struct ComingEvent(in EventKey key, in SimulatedEvent happening) : IHeapEntry<ComingEvent>
{
    public readonly EventKey Key = key;
    public readonly SimulatedEvent Happening = happening;

    public bool IsBefore(in ComingEvent other) =>
        Key.Time.Microseconds != other.Key.Time.Microseconds ? Key.Time.Microseconds < other.Key.Time.Microseconds
        : Key.Source != other.Key.Source ? Key.Source < other.Key.Source
        : Key.Sequence < other.Key.Sequence;
}
