using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Tests;

/// <summary>A small chain of the dev engine whose nodes seal on command, and an account with funds.</summary>
internal static class TestChain
{
    public static TokenModule Token { get; } = new();

    public static ISigner Alice { get; } = new Ed25519PrivateKey(Enumerable.Repeat((byte)1, 32).ToArray());

    public static AccountAddress AliceAddress { get; } = AccountAddress.FromKey(Alice.Scheme, Alice.PublicKey.Span);

    public static AccountAddress Bob { get; } = new(Sha256.Hash("bob"u8));

    public static ChainDefinition Create() => new(
        new DevConsensus(new DevOptions { SealsOnTransactions = false }),
        new LedgerDefinition([Token]),
        new GenesisSpec(
            12,
            "rpc-tests",
            new UnixTime(1_767_225_600_000),
            [new ModuleGenesis(Token.Name, TokenModule.GenesisData((AliceAddress, 1_000_000UL)))]));

    /// <summary>Starts a node of this chain, or of another one.</summary>
    public static Task<ChainNode> StartAsync(
        IKeyValueStore? store = null, bool isIndexed = true, ChainDefinition? chain = null, params ChainNode[] peers) =>
        ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = chain ?? Create(),
            Store = store ?? new MemoryStore(),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Connect = [.. peers.Select(peer => PeerAddress.From(IPAddress.Loopback, peer.ListenEndPoint!.Port))],
            Engine = new EngineOptions { ProducesBlocks = true },
            JobThreads = 1,
            IndexesTransactions = isIndexed,
        });

    public static Transaction Pay(ChainDefinition chain, ulong nonce, ulong amount = 1, ulong validUntil = 1000) => Transaction.Sign(
        new TransactionTerms(nonce, 0, new BlockHeight(validUntil), Token.Transfer(Bob, amount)), chain.GenesisId, Alice);

    /// <summary>Makes so many blocks, one after another.</summary>
    public static async Task SealAsync(this ChainNode node, int blocks = 1)
    {
        for (int i = 0; i < blocks; i++)
        {
            ulong height = node.Head.Height.Value + 1;
            await node.CommandAsync(DevConsensus.SealCommand);
            await node.WaitForHeightAsync(height);
        }
    }

    public static async Task WaitForHeightAsync(this ChainNode node, ulong height)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = node.Subscribe(_ =>
        {
            if (node.Head.Height.Value >= height)
            {
                reached.TrySetResult();
            }
        });
        if (node.Head.Height.Value < height)
        {
            await reached.Task.WaitAsync(Waits.Patience);
        }
    }

    /// <summary>
    /// Has <paramref name="node"/> leave its branch for a longer one, which another node made alone and brings now. The other
    /// node stays connected until it is disposed.
    /// </summary>
    public static async Task<ChainNode> ReorganiseAsync(ChainNode node, KeptStore branch)
    {
        ChainNode other = await StartAsync(branch, peers: node);
        await node.WaitForHeightAsync(other.Head.Height.Value);
        return other;
    }

    /// <summary>A store with so many empty blocks on genesis.</summary>
    public static async Task<KeptStore> BranchAsync(int blocks)
    {
        var store = new KeptStore();
        await using ChainNode node = await StartAsync(store);
        await node.SealAsync(blocks);
        return store;
    }
}
