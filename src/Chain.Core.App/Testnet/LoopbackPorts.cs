using System.Net;
using System.Net.Sockets;

namespace Chain.Core.App.Testnet;

/// <summary>Ports of 127.0.0.1.</summary>
internal static class LoopbackPorts
{
    /// <summary>Ports that nothing listens on. They stay the caller's own, so that peers find it again after a restart.</summary>
    public static int[] Free(int count)
    {
        TcpListener[] held = [.. Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0))];
        try
        {
            Array.ForEach(held, static listener => listener.Start());
            return [.. held.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            Array.ForEach(held, static listener => listener.Dispose());
        }
    }
}
