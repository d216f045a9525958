using System.Net;
using System.Net.Sockets;
using Chain.Core.App.Run;

namespace Chain.Core.App.Doctor;

/// <summary>Ports of this machine, and peers.</summary>
internal static class NetworkChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Every port that the node will listen on.</summary>
    public static IEnumerable<Finding> Ports(NodePlan plan)
    {
        var settings = plan.Settings;
        if (settings.P2P.Address.Length > 0)
        {
            yield return Port("P2P:Port", settings.P2P.Address, settings.P2P.Port);
        }

        if (settings.Rpc.Enabled)
        {
            yield return Port("Rpc:Port", settings.Rpc.Address, settings.Rpc.Port);
        }

        if (settings.Metrics.Enabled)
        {
            yield return Port("Metrics:Port", settings.Metrics.Address, settings.Metrics.Port);
        }
    }

    /// <summary>Every peer of the configuration, asked at the same time.</summary>
    public static async Task<IReadOnlyList<Finding>> PeersAsync(NodePlan plan, CancellationToken cancelled)
    {
        if (plan.Settings.P2P.Connect.Length == 0)
        {
            return [Finding.Ok("peers", "none are configured: the node waits for others to connect")];
        }

        return await Task.WhenAll(plan.Settings.P2P.Connect.Select(address => PeerAsync(address, cancelled))).ConfigureAwait(false);
    }

    private static Finding Port(string key, string address, int port)
    {
        string check = $"port {port}";
        using var socket = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
            return Finding.Ok(check, $"{address} is free for {key}");
        }
        catch (SocketException fault)
        {
            return Finding.Warn(check, $"{address} cannot be used for {key}: {fault.Message}", $"all is well where this node runs already; else choose another {key}");
        }
    }

    private static async Task<Finding> PeerAsync(string address, CancellationToken cancelled)
    {
        string check = $"peer {address}";
        int colon = address.LastIndexOf(':');
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Patience);
        using var socket = new TcpClient();
        try
        {
            int port = int.Parse(address.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture);
            await socket.ConnectAsync(address[..colon].Trim('[', ']'), port, patience.Token).ConfigureAwait(false);
            return Finding.Ok(check, "takes connections");
        }
        catch (Exception fault) when (fault is SocketException or FormatException || (fault is OperationCanceledException && !cancelled.IsCancellationRequested))
        {
            return Finding.Warn(check, $"does not answer: {(fault is OperationCanceledException ? "too slow" : fault.Message)}", "is its address right, does it run, and does a firewall let you out?");
        }
    }
}
