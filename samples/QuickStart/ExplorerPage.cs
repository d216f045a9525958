using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chain.Core.Rpc;

namespace QuickStart;

/// <summary>Where the explorer of node 0 is.</summary>
internal static class ExplorerPage
{
    /// <summary>The arguments with the port that node 0 serves on: 0 where the usual one is taken and none was asked for.</summary>
    public static Arguments ChoosePort(Arguments arguments) => arguments with
    {
        Rpc = arguments.Rpc ?? (IsFree(RpcServerOptions.DefaultPort) ? RpcServerOptions.DefaultPort : 0),
    };

    public static string Describe(Arguments chosen, bool wasAsked) => chosen.Rpc != 0
        ? $"explorer {UrlOf(chosen)}"
        : wasAsked ? "no explorer" : $"no explorer: port {RpcServerOptions.DefaultPort} is taken (--rpc PORT chooses another)";

    /// <summary>Opens the page for whoever sits at a desktop.</summary>
    public static void Open(Arguments chosen)
    {
        bool hasDesktop = !OperatingSystem.IsLinux()
            || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
        if (chosen.NoBrowser || chosen.Rpc == 0 || Console.IsOutputRedirected || !hasDesktop)
        {
            return;
        }

        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(UrlOf(chosen)) { UseShellExecute = true });
        }
        catch (Win32Exception)
        {
            // Nothing here opens web pages; the address was printed.
        }
    }

    private static string UrlOf(Arguments chosen) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{chosen.Rpc}/explorer");

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
