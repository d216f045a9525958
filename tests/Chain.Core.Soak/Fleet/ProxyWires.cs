using System.Net;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>Each wire is a proxy on 127.0.0.1; a cut closes its connections.</summary>
internal sealed class ProxyWires : IWires
{
    private readonly List<Link> _links = [];

    public void Lay(int from, IEnumerable<FleetNode> to) => _links.AddRange(to.Select(node => new Link(from, node.Index, node.Port)));

    public IEnumerable<IPEndPoint> DialsOf(int node) => _links.Where(link => link.From == node).Select(link => link.EndPoint);

    public void OnStarted(FleetNode node)
    {
        foreach (Link link in _links.Where(link => link.To == node.Index))
        {
            link.Target = node.Port;
        }
    }

    public void Split(IReadOnlySet<int> group) => _links.ForEach(link =>
    {
        if (group.Contains(link.From) != group.Contains(link.To))
        {
            link.Cut();
        }
    });

    public void Heal() => _links.ForEach(link => link.Mend());

    public async ValueTask DisposeAsync()
    {
        foreach (Link link in _links)
        {
            await link.DisposeAsync();
        }
    }
}
