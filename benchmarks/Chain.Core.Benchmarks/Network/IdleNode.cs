using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Network;

/// <summary>What a node among fifty quiet peers takes: a process of its own, watched from the one that has the peers.</summary>
internal static class IdleNode
{
    public const string ChildArgument = "idle-node-child";

    private const int Peers = 50;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static async Task<int> MeasureAsync(TextWriter output)
    {
        using Process child = ChildProcess.Start(ChildArgument);
        int port = int.Parse((await child.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var peers = new List<ChainNode>();
        for (int i = 0; i < Peers; i++)
        {
            peers.Add(await ChainNode.StartAsync(new ChainNodeOptions
            {
                Chain = Chain(),
                Store = new Core.Storage.MemoryStore(),
                Connect = [PeerAddress.From(IPAddress.Loopback, port)],
                JobThreads = 1,
            }));
        }

        await Task.Delay(Settle);
        child.Refresh();
        TimeSpan before = child.TotalProcessorTime;
        await Task.Delay(Watched);
        child.Refresh();
        double share = (child.TotalProcessorTime - before) / Watched;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"idle-node with {peers.Sum(static peer => peer.PeerCount)} quiet peers: {child.WorkingSet64 / 1e6:F1} MB of memory (≤ 60), {share:P2} of a core (≤ 1 %)"));
        await child.StandardInput.WriteLineAsync();
        await child.WaitForExitAsync();
        foreach (ChainNode peer in peers)
        {
            await peer.DisposeAsync();
        }

        return 0;
    }

    public static async Task<int> RunChildAsync()
    {
        string folder = Directory.CreateTempSubdirectory("chain-core-idle-").FullName;
        await using (ChainNode node = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = Chain(),
            Store = RocksDbStore.Open(Path.Combine(folder, "chain"), new RocksDbStoreOptions()),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            JobThreads = 1,
            Gossip = static options => options with { Peers = options.Peers with { InboundSlots = 64 } },
        }))
        {
            Console.WriteLine(node.ListenEndPoint!.Port);
            await Console.In.ReadLineAsync();
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static ChainDefinition Chain() => new(
        new DevConsensus(),
        new LedgerDefinition([new TokenModule()]),
        new GenesisSpec(9, "idle", new UnixTime(1_767_225_600_000), []));
}
