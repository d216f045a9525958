using System.Net;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>A node that is a process of its own.</summary>
internal sealed class ProcessNode : FleetNode
{
    private readonly NodeProcess _process;

    /// <param name="index">Which node.</param>
    /// <param name="arguments">The arguments of the run.</param>
    /// <param name="onLine">Takes what it tells.</param>
    /// <param name="wires">The network that it lives in, where that is not this machine's.</param>
    public ProcessNode(int index, Arguments arguments, Action<int, string[]> onLine, NamespaceWires? wires = null)
        : base(index) =>
        _process = new NodeProcess(index, arguments, (_, words) => onLine(index, words))
        {
            Launcher = wires?.LauncherOf(index) ?? [],
            Listen = wires is null ? null : NamespaceWires.EndPointOf(index),
        };

    public override bool IsRunning => _process.IsRunning;

    public override int Port => _process.Port;

    public override Task StartAsync(IEnumerable<IPEndPoint> peers) => _process.StartAsync(peers);

    public override Task KillAsync() => _process.KillAsync();

    public override void Tell(string line) => _process.Tell(line);

    public override ValueTask DisposeAsync() => _process.DisposeAsync();
}
