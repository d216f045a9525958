using System.Net;
using System.Runtime.InteropServices;
using Chain.Core.App.Log;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Rpc;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.App.Testnet;

/// <summary>The process of one node of a testnet: runs until it is told to stop, or killed.</summary>
internal static class TestnetNode
{
    /// <summary>What the process says once the node answers.</summary>
    public const string ReadyLine = "ready";

    public static async Task<int> RunAsync(TestnetFolder folder, int index, TextWriter output, CancellationToken cancelled)
    {
        // It outlives the terminal that it was started from.
        using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static signal => signal.Cancel = true);
        TestnetState state = folder.Read();
        TestnetNodeState own = state.Nodes[index];
        using var drawing = new VrfPrivateKey(DevKey.All[index].Seed.Span);
        await using ChainNode node = await ChainNode.StartAsync(OptionsOf(folder, state, own, drawing), cancelled).ConfigureAwait(false);
        await using RpcServer server = await RpcServer.StartAsync(
            node,
            new RpcServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, own.RpcPort),
                Admin = new RpcAdminOptions { Listen = new IPEndPoint(IPAddress.Loopback, own.AdminPort), TokenFile = folder.TokenFile(index) },
            },
            cancelled).ConfigureAwait(false);
        await using var file = new StreamWriter(folder.LogFile(index), append: true) { AutoFlush = true };
        TextWriter log = TextWriter.Synchronized(file);
        using var faults = new UnobservedFaults(fault => log.WriteLine($"{Time()} {UnobservedFaults.Describe(fault)}"));
        using IDisposable subscription = node.Subscribe(happened => Log(log, happened));
        await output.WriteLineAsync(ReadyLine).ConfigureAwait(false);
        await output.FlushAsync(cancelled).ConfigureAwait(false);
        try
        {
            await node.Stopped.WaitAsync(cancelled).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Taken down.
        }

        return 0;
    }

    private static ChainNodeOptions OptionsOf(TestnetFolder folder, TestnetState state, TestnetNodeState own, VrfPrivateKey drawing)
    {
        bool isNew = !Directory.Exists(folder.DataFolder(own.Index));
        Directory.CreateDirectory(folder.NodeFolder(own.Index));
        ChainDefinition chain = folder.Chain();
        ISigner key = DevKey.All[own.Index].Key;
        bool signs = chain.Consensus is not (DevConsensus or ProofOfWorkConsensus);
        return new ChainNodeOptions
        {
            Chain = chain,
            Store = RocksDbStore.Open(folder.DataFolder(own.Index), new RocksDbStoreOptions()),
            Listen = new IPEndPoint(IPAddress.Loopback, own.PeerPort),
            Connect = [.. state.Nodes.Where(other => other != own).Select(static other => PeerAddress.From(IPAddress.Loopback, other.PeerPort))],
            Engine = new EngineOptions
            {
                ProducesBlocks = chain.Consensus is not DevConsensus || own.Index == 0,
                SearchStart = (ulong)own.Index << 48,
                SearchPause = TimeSpan.FromMilliseconds(40), // several miners share one machine
                Signer = signs ? new ValidatorKey(key.Scheme, key.PublicKey) : null,
            },
            Signer = signs ? key : null,
            SignerIsNew = isNew,
            Randomness = new VrfProver(drawing),
            Identity = TestnetIdentity.SeedOf(own.Index),
            BarredPeers = [.. state.CutOffFrom(own.Index).Select(TestnetIdentity.PeerOf)],
            JobThreads = 1,
            IndexesTransactions = true,
            Gossip = static options => options with { Peers = options.Peers with { RedialMax = TimeSpan.FromSeconds(1) } },
        };
    }

    private static string Time() => DateTimeOffset.UtcNow.ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);

    private static void Log(TextWriter log, NodeEvent happened)
    {
        string time = Time();
        switch (happened)
        {
            case NodeEvent.HeadMoved moved:
                log.WriteLine($"{time} #{moved.Head.Height.Value} {moved.Head.Id} {moved.Applied.Sum(static block => block.Transactions.Count)} tx, {moved.Unapplied.Count} undone");
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerReady ready }:
                log.WriteLine($"{time} peer {ready.Connection.Peer} at {ready.Connection.Remote}");
                break;
            case NodeEvent.Peers { Event: GossipEvent.PeerGone gone }:
                log.WriteLine($"{time} peer {gone.Connection.Peer} is gone: {gone.Reason}");
                break;
            case NodeEvent.BlockRefused refused:
                log.WriteLine($"{time} block {refused.Block} is not valid: {refused.Reason}");
                break;
        }
    }
}
