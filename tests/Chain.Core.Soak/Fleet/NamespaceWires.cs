using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Chain.Core.Soak;

/// <summary>
/// A network namespace for each node, all on the bridge of one more. A split moves a group to a second bridge: what is on its way gets lost,
/// and connections hang instead of closing, as when a switch fails. Linux only, as root.
/// </summary>
internal sealed class NamespaceWires : IWires
{
    private const int Port = 9000;
    private const string Bridge = "br0";
    private const string OtherBridge = "br1";

    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"soak{Environment.ProcessId}");
    private readonly Dictionary<int, int[]> _dials = [];
    private readonly int _nodes;

    /// <summary>Makes the namespaces.</summary>
    /// <exception cref="InvalidOperationException">The system does not allow it, or lacks a program for it.</exception>
    public NamespaceWires(int nodes)
    {
        _nodes = nodes;
        Run($"ip netns add {_prefix}");
        foreach (string bridge in (string[])[Bridge, OtherBridge])
        {
            Run($"ip -n {_prefix} link add {bridge} type bridge");
            Run($"ip -n {_prefix} link set {bridge} up");
        }

        for (int node = 0; node < nodes; node++)
        {
            string own = NameOf(node);
            Run($"ip netns add {own}");
            Run($"ip -n {_prefix} link add {PortOf(node)} type veth peer name eth0 netns {own}");
            Run($"ip -n {_prefix} link set {PortOf(node)} master {Bridge} up");
            Run($"ip -n {own} address add {AddressOf(node)}/24 dev eth0");
            Run($"ip -n {own} link set eth0 up");
            Run($"ip -n {own} link set lo up");
        }
    }

    public static IPEndPoint EndPointOf(int node) => new(AddressOf(node), Port);

    /// <summary>What starts a program in the namespace of a node.</summary>
    public IReadOnlyList<string> LauncherOf(int node) => ["ip", "netns", "exec", NameOf(node)];

    public void Lay(int from, IEnumerable<FleetNode> to) => _dials[from] = [.. to.Select(node => node.Index)];

    public IEnumerable<IPEndPoint> DialsOf(int node) => _dials[node].Select(EndPointOf);

    public void OnStarted(FleetNode node)
    {
        // Its address stays.
    }

    public void Split(IReadOnlySet<int> group)
    {
        foreach (int node in group)
        {
            Run($"ip -n {_prefix} link set {PortOf(node)} master {OtherBridge}");
        }
    }

    public void Heal()
    {
        for (int node = 0; node < _nodes; node++)
        {
            Run($"ip -n {_prefix} link set {PortOf(node)} master {Bridge}");
        }
    }

    /// <summary>Loses packets that come to a node, and lets it send no faster than so.</summary>
    public void Disturb(int node, int lossPercent, int kilobitsPerSecond)
    {
        string own = NameOf(node);
        Run($"ip netns exec {own} nft add table inet soak");
        Run($"ip netns exec {own} nft add chain inet soak input {{ type filter hook input priority 0; }}");
        Run($"ip netns exec {own} nft add rule inet soak input numgen random mod 100 < {lossPercent} drop");
        Run($"ip netns exec {own} tc qdisc replace dev eth0 root tbf rate {kilobitsPerSecond}kbit burst 32kb latency 400ms");
    }

    /// <summary>Takes back what <see cref="Disturb"/> did.</summary>
    public void Calm(int node)
    {
        Run($"ip netns exec {NameOf(node)} nft delete table inet soak");
        Run($"ip netns exec {NameOf(node)} tc qdisc delete dev eth0 root");
    }

    public ValueTask DisposeAsync()
    {
        for (int node = 0; node < _nodes; node++)
        {
            Run($"ip netns delete {NameOf(node)}");
        }

        Run($"ip netns delete {_prefix}");
        return ValueTask.CompletedTask;
    }

    private static IPAddress AddressOf(int node) => new([10, 77, 0, (byte)(node + 1)]);

    private static string PortOf(int node) => string.Create(CultureInfo.InvariantCulture, $"node{node}");

    private string NameOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{node}");

    private static void Run(string command)
    {
        string[] words = command.Split(' ');
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{command}: {error.Trim()}");
            }
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{command}: {missing.Message}", missing);
        }
    }
}
