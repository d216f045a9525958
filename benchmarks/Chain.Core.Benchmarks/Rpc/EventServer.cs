using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chain.Core.Rpc;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>A process of its own with a dev chain and its server. It does what it is told in lines, and answers each with one.</summary>
internal static class EventServer
{
    public const string Argument = "event-server-child";

    /// <summary>Answers with the memory of the process in bytes, once what nobody holds any more is given back.</summary>
    public const string Memory = "memory";

    /// <summary>Answers with the number of subscribers.</summary>
    public const string Subscribers = "subscribers";

    /// <summary>Answers with the height of the head.</summary>
    public const string Height = "height";

    /// <summary>Makes <see cref="BlocksAtOnce"/> blocks, one after another, and answers with the height.</summary>
    public const string Seal = "seal";

    public const int BlocksAtOnce = 10;

    public static async Task<int> RunAsync()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        await using RpcServer server = await RpcServer.StartAsync(
            node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), RequestsPerSecond = 0 });
        Console.WriteLine(server.Url);
        while (await Console.In.ReadLineAsync() is { } order)
        {
            Console.WriteLine(order switch
            {
                Memory => Number(MeasureMemory()),
                Subscribers => Number(server.StreamCount),
                Height => Number((long)node.Head.Height.Value),
                Seal => Number((long)await SealAsync(node)),
                _ => "unknown",
            });
        }

        return 0;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task<ulong> SealAsync(ChainNode node)
    {
        for (int i = 0; i < BlocksAtOnce; i++)
        {
            await node.SubmitAndWaitAsync(node.DevAccounts[0].Transfer(node.DevAccounts[1].Address, 1));
        }

        return node.Head.Height.Value;
    }

    private static long MeasureMemory()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var own = Process.GetCurrentProcess();
        return own.WorkingSet64;
    }
}
