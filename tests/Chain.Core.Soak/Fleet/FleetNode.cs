using System.Net;
using QuickStart;

namespace Chain.Core.Soak;

/// <summary>One node of the fleet, wherever it runs: it speaks the lines of <see cref="NodeMain"/>.</summary>
internal abstract class FleetNode(int index) : IAsyncDisposable
{
    public int Index { get; } = index;

    public abstract bool IsRunning { get; }

    /// <summary>Where it listens; it keeps no port over a restart.</summary>
    public abstract int Port { get; }

    /// <summary>Starts it over what its store holds; returns when it is ready.</summary>
    public abstract Task StartAsync(IEnumerable<IPEndPoint> peers);

    /// <summary>Ends it: SIGKILL for a process, disposal for a node in this one.</summary>
    public abstract Task KillAsync();

    public abstract void Tell(string line);

    public abstract ValueTask DisposeAsync();
}
