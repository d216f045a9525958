namespace Chain.Core.Simulation.Laboratory;

/// <summary>The chain as one node tells of it.</summary>
internal sealed class NodeRecord
{
    /// <summary>The newest block of its chain; null where that is genesis.</summary>
    public BlockRecord? Head { get; set; }

    public int Height => (int)(Head?.Height ?? 0);

    /// <summary>The height up to which it takes blocks for final.</summary>
    public int FinalHeight { get; set; }

    /// <summary>The height that its engine made final, which its chain may not have been told to have reached.</summary>
    public int FinalizedTo { get; set; }
}
