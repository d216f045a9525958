using Chain.Core.Machines;

namespace Chain.Core.Soak;

/// <summary>The nodes and the wires between them, a random connected graph.</summary>
internal sealed class Fleet(IReadOnlyList<FleetNode> nodes, IWires wires) : IAsyncDisposable
{
    private const int DialsPerNode = 4;

    public IReadOnlyList<FleetNode> Nodes => nodes;

    public IWires Wires => wires;

    public async Task StartAsync(DeterministicRandom random)
    {
        foreach (FleetNode node in nodes)
        {
            int[] lower = [.. Enumerable.Range(0, node.Index)];
            random.Shuffle<int>(lower);
            wires.Lay(node.Index, lower.Take(DialsPerNode).Select(to => nodes[to]));
            await StartAsync(node);
        }
    }

    public async Task StartAsync(FleetNode node)
    {
        await node.StartAsync(wires.DialsOf(node.Index));
        wires.OnStarted(node);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        await wires.DisposeAsync();
    }
}
