using QuickStart;

namespace Chain.Core.Soak;

/// <summary>A node that is a process of its own.</summary>
internal sealed class ProcessNode : FleetNode
{
    private readonly NodeProcess _process;

    public ProcessNode(int index, Arguments arguments, Action<int, string[]> onLine)
        : base(index) =>
        _process = new NodeProcess(index, arguments, (_, words) => onLine(index, words));

    public override bool IsRunning => _process.IsRunning;

    public override int Port => _process.Port;

    public override Task StartAsync(IEnumerable<int> connectPorts) => _process.StartAsync(connectPorts);

    public override Task KillAsync() => _process.KillAsync();

    public override void Tell(string line) => _process.Tell(line);

    public override ValueTask DisposeAsync() => _process.DisposeAsync();
}
