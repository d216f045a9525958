namespace Chain.Core.Simulation;

/// <summary>A time at which a shard looks at a node.</summary>
/// <param name="time">In microseconds.</param>
/// <param name="node">The node's queue; of two at the same time, the one with the lower number is first.</param>
internal readonly struct NodeTurn(long time, NodeQueue node) : IHeapEntry<NodeTurn>
{
    public readonly long Time = time;
    public readonly NodeQueue Node = node;

    public bool IsBefore(in NodeTurn other) => Time != other.Time ? Time < other.Time : Node.Index < other.Node.Index;
}
