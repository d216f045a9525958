namespace Chain.Core.Simulation.Laboratory;

/// <summary>The chain as one node tells of it.</summary>
internal sealed class NodeRecord
{
    /// <summary>The blocks of its chain; a block stands at its height, and genesis is null.</summary>
    public List<BlockRecord?> Chain { get; } = [null];

    /// <summary>The height up to which it takes blocks for final.</summary>
    public int FinalHeight { get; set; }

    /// <summary>The height that its engine made final, which its chain may not have been told to have reached.</summary>
    public int FinalizedTo { get; set; }
}
