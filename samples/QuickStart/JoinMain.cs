using System.Net;
using Chain.Core;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;

namespace QuickStart;

/// <summary>A node that a person starts by hand to join a chain that is running: it syncs and follows.</summary>
internal static class JoinMain
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken stop)
    {
        if (Demo.ReadGenesis(arguments.Data) is not { } genesis)
        {
            Console.Error.WriteLine($"QuickStart: no chain in {arguments.Data}: start QuickStart first, or name its folder with --data.");
            return Arguments.UsageExitCode;
        }

        string folder = Path.Combine(arguments.Data, "joined");
        Directory.CreateDirectory(folder);
        await using ChainNode node = await ChainNode.StartAsync(
            new ChainNodeOptions
            {
                Chain = Demo.CreateChain(genesis),
                Store = RocksDbStore.Open(Path.Combine(folder, "chain"), new RocksDbStoreOptions()),
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Connect = arguments.Connect,
                JobThreads = 1,
            },
            stop);
        Console.WriteLine($"  joined from #{node.Head.Height}, listening on {node.ListenEndPoint}");
        using IDisposable subscription = node.Subscribe(happened =>
        {
            if (happened is NodeEvent.HeadMoved moved)
            {
                Console.WriteLine($"  #{moved.Head.Height} {moved.Head.Id} · {moved.Applied.Count} applied, {moved.Unapplied.Count} undone · {node.PeerCount} peers");
            }
        });
        try
        {
            await Task.Delay(arguments.Duration ?? Timeout.InfiniteTimeSpan, stop);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C.
        }

        Console.WriteLine($"  left at #{node.Head.Height} {node.Head.Id}");
        return 0;
    }
}
