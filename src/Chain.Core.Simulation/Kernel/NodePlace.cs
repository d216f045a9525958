namespace Chain.Core.Simulation;

/// <summary>Where a node is simulated, copied to whoever sends to it: nothing of the node itself is looked at to send.</summary>
internal readonly struct NodePlace(NodeQueue queue)
{
    /// <summary>What will happen to it.</summary>
    public readonly NodeQueue Queue = queue;

    /// <summary>The number of the node.</summary>
    public readonly int Index = queue.Index;

    /// <summary>Which thread simulates it.</summary>
    public readonly int Shard = queue.Shard;

    /// <summary>Its number among the nodes of that thread.</summary>
    public readonly int InShard = queue.InShard;
}
