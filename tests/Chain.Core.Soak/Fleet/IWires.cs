using System.Net;

namespace Chain.Core.Soak;

/// <summary>What the nodes of a fleet are connected by, and what can go wrong with it.</summary>
internal interface IWires : IAsyncDisposable
{
    /// <summary>Lays wires from a node to others, which it dials.</summary>
    void Lay(int from, IEnumerable<FleetNode> to);

    /// <summary>Where a node dials.</summary>
    IEnumerable<IPEndPoint> DialsOf(int node);

    /// <summary>A node is up, perhaps at another port than before.</summary>
    void OnStarted(FleetNode node);

    /// <summary>Cuts every wire between this group and the others.</summary>
    void Split(IReadOnlySet<int> group);

    /// <summary>Mends what was cut.</summary>
    void Heal();
}
