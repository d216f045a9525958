namespace Chain.Core.Simulation;

/// <summary>What is wrong with the way from one node to another.</summary>
internal sealed class LinkCondition
{
    /// <summary>Nothing comes through.</summary>
    public bool IsCut { get; set; }

    /// <summary>Nothing comes through for now; what is sent waits in <see cref="Held"/>.</summary>
    public bool IsClogged { get; set; }

    /// <summary>What waits, in order: the sender's end and what is to arrive at the other.</summary>
    public List<(Endpoint Local, SimulatedEvent Happening)> Held { get; } = [];
}
