namespace QuickStart;

/// <summary>The processes and the wires between them. Each pair of nodes has one wire, which the higher one dials.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly Arguments _arguments;
    private readonly Action<NodeProcess, string[]> _onLine;
    private readonly List<NodeProcess> _nodes = [];
    private readonly List<Link> _links = [];

    private NodeProcess? _twin;

    public Cluster(Arguments arguments, Action<NodeProcess, string[]> onLine)
    {
        _arguments = arguments;
        _onLine = onLine;
        for (int i = 0; i < arguments.Nodes; i++)
        {
            _nodes.Add(new NodeProcess(i, arguments, onLine));
        }
    }

    public IReadOnlyList<NodeProcess> Nodes => _nodes;

    public async Task StartAsync()
    {
        foreach (NodeProcess node in _nodes)
        {
            _links.AddRange(_nodes.Take(node.Index).Select(lower => new Link(node.Index, lower.Index, lower.Port)));
            await StartAsync(node);
        }
    }

    public async Task StartAsync(NodeProcess node)
    {
        await node.StartAsync(_links.Where(link => link.From == node.Index).Select(link => link.EndPoint));
        foreach (Link link in _links.Where(link => link.To == node.Index))
        {
            link.Target = node.Port;
        }
    }

    /// <summary>Starts another process with the key of a node, connected to all nodes but that one.</summary>
    public Task StartTwinAsync(NodeProcess node)
    {
        _twin = new NodeProcess(_nodes.Count, _arguments, _onLine) { Validator = node.Index };
        _links.AddRange(_nodes.Where(other => other != node).Select(other => new Link(_twin.Index, other.Index, other.Port)));
        return StartAsync(_twin);
    }

    /// <summary>Cuts every wire between the first half of the nodes and the others.</summary>
    public void Split() => ForEachCrossing(link => link.Cut());

    public void Heal() => ForEachCrossing(link => link.Mend());

    /// <summary>How many running nodes are at node 0's head.</summary>
    public int CountAgreeing() => _nodes.Count(node => node.IsRunning && node.Head?.Id == _nodes[0].Head?.Id);

    public int CountHeads() => _nodes.Where(node => node.IsRunning && node.Head is not null).Select(node => node.Head!.Id).Distinct().Count();

    /// <summary>Waits until all running nodes are at one head; false where that takes too long.</summary>
    public async Task<bool> WaitForOneHeadAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(atMost);
        while (CountHeads() != 1)
        {
            try
            {
                await Task.Delay(20, patience.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        IEnumerable<NodeProcess> all = _twin is null ? _nodes : _nodes.Append(_twin);
        await Task.WhenAll(all.Select(node => node.DisposeAsync().AsTask()));
        foreach (Link link in _links)
        {
            await link.DisposeAsync();
        }
    }

    private void ForEachCrossing(Action<Link> action)
    {
        int half = _nodes.Count / 2;
        foreach (Link link in _links.Where(link => link.From >= half != (link.To >= half)))
        {
            action(link);
        }
    }
}
