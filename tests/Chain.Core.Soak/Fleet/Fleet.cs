using Chain.Core.Machines;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>The nodes and the wires between them: a random connected graph, each wire a proxy that can be cut.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const int DialsPerNode = 4;

    private readonly FleetNode[] _nodes;
    private readonly List<Link> _links = [];

    public Fleet(SoakOptions options, Arguments arguments, Action<int, string[]> onLine) =>
        _nodes = [.. Enumerable.Range(0, options.Nodes).Select(index => (FleetNode)(options.Processes
            ? new ProcessNode(index, arguments, onLine)
            : new InProcessNode(index, arguments, onLine)))];

    public IReadOnlyList<FleetNode> Nodes => _nodes;

    public async Task StartAsync(DeterministicRandom random)
    {
        foreach (FleetNode node in _nodes)
        {
            int[] lower = [.. Enumerable.Range(0, node.Index)];
            random.Shuffle<int>(lower);
            _links.AddRange(lower.Take(DialsPerNode).Select(to => new Link(node.Index, to, _nodes[to].Port)));
            await StartAsync(node);
        }
    }

    public async Task StartAsync(FleetNode node)
    {
        await node.StartAsync(_links.Where(link => link.From == node.Index).Select(link => link.Port));
        foreach (Link link in _links.Where(link => link.To == node.Index))
        {
            link.Target = node.Port;
        }
    }

    /// <summary>Cuts every wire between this group and the others.</summary>
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
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        foreach (Link link in _links)
        {
            await link.DisposeAsync();
        }
    }
}
