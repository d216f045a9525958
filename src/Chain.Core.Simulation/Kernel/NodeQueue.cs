namespace Chain.Core.Simulation;

/// <summary>
/// What will happen to one node, beside what came from others and waits in <see cref="ComingMail"/>.
/// </summary>
internal sealed class NodeQueue(SimulatedNode node, int shard, int inShard)
{
    private Heap<ComingEvent> _coming = new();

    public SimulatedNode Node { get; } = node;

    /// <summary>The number of the node.</summary>
    public int Index { get; } = node.Index;

    /// <summary>Which thread simulates it.</summary>
    public int Shard { get; } = shard;

    /// <summary>Its number among the nodes of that thread.</summary>
    public int InShard { get; } = inShard;

    /// <summary>The time, in microseconds, at which its shard looks at it next; the greatest number where it does not, the least while it does.</summary>
    public long LookedAt { get; set; } = long.MaxValue;

    public bool IsEmpty => _coming.Count == 0;

    /// <summary>What comes next, of a queue that is not empty.</summary>
    public ref readonly ComingEvent First => ref _coming.First;

    public void Add(in ComingEvent coming) => _coming.Add(in coming);

    public void RemoveFirst() => _coming.RemoveFirst();
}
