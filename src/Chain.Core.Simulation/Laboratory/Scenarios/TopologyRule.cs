namespace Chain.Core.Simulation.Laboratory;

/// <summary>Who is connected to whom.</summary>
public enum TopologyRule
{
    /// <summary>Everybody with everybody for up to 32 nodes, else <see cref="Gossip"/>.</summary>
    Automatic,

    /// <summary>Nodes know a few others and find the rest themselves, as in production.</summary>
    Gossip,

    /// <summary>Everybody with everybody.</summary>
    Mesh,

    /// <summary>Each node opens connections to others at random, and to no more.</summary>
    Random,

    /// <summary>As <see cref="Random"/>, with three in four connections within the region.</summary>
    Regional,

    /// <summary>Each node opens connections to those that already have many (Barabási and Albert 1999).</summary>
    ScaleFree,

    /// <summary>Each node opens one connection, to one of the first few nodes, which are all connected.</summary>
    HubAndSpoke,
}
