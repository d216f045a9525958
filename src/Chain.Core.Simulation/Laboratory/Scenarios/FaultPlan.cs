namespace Chain.Core.Simulation.Laboratory;

/// <summary>Something that goes wrong for a while.</summary>
public sealed record FaultPlan
{
    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; init; }

    /// <summary>When it begins, from the beginning of the load.</summary>
    public TimeSpan At { get; init; }

    /// <summary>How long it lasts.</summary>
    /// <value>30 seconds by default; positive.</value>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many of a hundred nodes it strikes; which, follows from the seed.</summary>
    /// <value>33 by default; 1 to 100.</value>
    public int Percent { get; init; } = 33;

    /// <summary>The regions of the network whose nodes it strikes, all of them, instead of a part of all nodes.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>By how much clocks are off.</summary>
    /// <value>A minute by default; positive.</value>
    public TimeSpan By { get; init; } = TimeSpan.FromMinutes(1);
}
