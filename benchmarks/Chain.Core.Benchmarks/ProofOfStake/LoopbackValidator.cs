using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Gossip;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>
/// One of the four processes of <see cref="LoopbackFinality"/>. Tells as lines when it sealed a block, when it knew one to be final, and how
/// long pings take; the clock that it reads is the same in all processes of a machine.
/// </summary>
internal static class LoopbackValidator
{
    public const string Argument = "loopback-validator";

    private const int Accounts = 512;

    private static readonly TimeSpan BlockPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan PingInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PaymentInterval = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(int index, string ports)
    {
        string folder = Directory.CreateTempSubdirectory("chain-core-finality-").FullName;
        await Rehearsal.RunAsync(folder);
        var load = new TransferLoad(Stakers.Engine(ThroughputContest.NodeCount, BlockPause), Accounts);
        await using (ChainNode node = await ChainNode.StartAsync(Stakers.Vote(index, new ChainNodeOptions
        {
            Chain = load.Chain,
            Store = RocksDbStore.Open(Path.Combine(folder, "chain"), new RocksDbStoreOptions()),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Connect = [.. ports.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(static port => PeerAddress.From(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)))],
            JobThreads = 1,
            Gossip = static options => options with { Peers = options.Peers with { AddressSample = 0, PingInterval = PingInterval } },
        })))
        {
            Console.WriteLine(node.ListenEndPoint!.Port);
            var heights = new Dictionary<BlockId, BlockHeight>();
            using IDisposable subscription = node.Subscribe(happened => Tell(happened, heights));
            using var stop = new CancellationTokenSource();
            Task telling = Task.WhenAll(TellPingsAsync(node, stop.Token), index == 0 ? PayAsync(node, load, stop.Token) : Task.CompletedTask);
            await Console.In.ReadLineAsync();
            await stop.CancelAsync();
            await telling;
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static void Tell(NodeEvent happened, Dictionary<BlockId, BlockHeight> heights)
    {
        long now = Stopwatch.GetTimestamp();
        switch (happened)
        {
            case NodeEvent.Activity { What: { Name: "sealed", Height: BlockHeight head } }:
                Console.WriteLine($"sealed {head.Value + 1} {now}");
                break;
            case NodeEvent.HeadMoved moved:
                foreach (Block block in moved.Applied)
                {
                    heights[block.Id] = block.Height;
                }

                break;
            case NodeEvent.BlockFinalized final when heights.TryGetValue(final.Block, out BlockHeight height): // not one from before the subscription
                Console.WriteLine($"final {height} {now}");
                break;
        }
    }

    private static async Task TellPingsAsync(ChainNode node, CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(PingInterval);
        while (await WaitAsync(ticks, stop))
        {
            foreach (PeerReport peer in await node.ReadPeersAsync(CancellationToken.None))
            {
                if (peer.RoundTrip is TimeSpan took)
                {
                    Console.WriteLine($"ping {took.Ticks}");
                }
            }
        }
    }

    private static async Task PayAsync(ChainNode node, TransferLoad load, CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(PaymentInterval);
        while (await WaitAsync(ticks, stop))
        {
            await node.SubmitAsync(load.Take(1)[0], CancellationToken.None);
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer ticks, CancellationToken stop)
    {
        try
        {
            return await ticks.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
