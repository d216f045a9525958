using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests;

/// <summary>Nodes of one small chain on 127.0.0.1: one that seals at once, and followers.</summary>
internal static class TestNodes
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TokenModule Token { get; } = new();

    public static ISigner Alice { get; } = new Ed25519PrivateKey(Enumerable.Repeat((byte)1, 32).ToArray());

    public static AccountAddress AliceAddress { get; } = AccountAddress.FromKey(Alice.Scheme, Alice.PublicKey.Span);

    public static AccountAddress Bob { get; } = new(Sha256.Hash("bob"u8));

    public static ChainDefinition CreateChain(string name = "node-tests") => new(
        new DevConsensus(),
        new LedgerDefinition([Token]),
        new GenesisSpec(
            11,
            name,
            new UnixTime(1_767_225_600_000),
            [new ModuleGenesis(Token.Name, TokenModule.GenesisData((AliceAddress, 1_000_000UL)))]));

    public static Task<ChainNode> StartAsync(
        ChainDefinition chain, IKeyValueStore? store = null, bool seals = false, params ChainNode[] peers) =>
        ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = chain,
            Store = store ?? new MemoryStore(),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Connect = [.. peers.Select(peer => PeerAddress.From(IPAddress.Loopback, peer.ListenEndPoint!.Port))],
            Engine = new EngineOptions { ProducesBlocks = seals },
            JobThreads = 1,
        });

    public static Transaction Pay(ChainDefinition chain, ulong nonce, ulong amount = 1) => Transaction.Sign(
        new TransactionTerms(nonce, 0, new BlockHeight(1000), Token.Transfer(Bob, amount)), chain.GenesisId, Alice);

    /// <summary>Waits for an event of the node that fits, or throws when patience ends.</summary>
    public static async Task WaitForAsync(ChainNode node, Func<NodeEvent?, bool> fits)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = node.Subscribe(happened =>
        {
            if (fits(happened))
            {
                seen.TrySetResult();
            }
        });
        if (!fits(null))
        {
            await seen.Task.WaitAsync(Patience);
        }
    }

    /// <summary>Waits for what no event tells: it is asked again and again.</summary>
    public static async Task PollAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public static Task WaitForHeightAsync(ChainNode node, ulong height) =>
        WaitForAsync(node, _ => node.Head.Height.Value >= height);

    public static Task WaitForPeerAsync(ChainNode node) =>
        WaitForAsync(node, happened => happened is NodeEvent.Peers { Event: GossipEvent.PeerReady } || node.PeerCount > 0);
}
