namespace Chain.Core.Simulation;

/// <summary>
/// What will happen to one node. It holds all that others touch of a node they send to, because each thing more that is
/// fetched from memory takes as long as sending it.
/// </summary>
internal sealed class NodeQueue(SimulatedNode node, int shard)
{
    private Heap<ComingEvent> _coming = new();

    public SimulatedNode Node { get; } = node;

    /// <summary>The number of the node.</summary>
    public int Index { get; } = node.Index;

    /// <summary>Which thread simulates it.</summary>
    public int Shard { get; } = shard;

    /// <summary>The time, in microseconds, at which its shard looks at it next; the greatest number where it does not, the least while it does.</summary>
    public long LookedAt { get; set; } = long.MaxValue;

    public bool IsEmpty => _coming.Count == 0;

    /// <summary>What comes next, of a queue that is not empty.</summary>
    public ref readonly ComingEvent First => ref _coming.First;

    public void Add(in EventKey key, in SimulatedEvent happening) => _coming.Add(new ComingEvent(in key, in happening));

    public void RemoveFirst() => _coming.RemoveFirst();
}
