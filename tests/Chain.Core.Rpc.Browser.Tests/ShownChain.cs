using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>A node of a small chain that seals on command, behind a server, for a browser to look at.</summary>
internal sealed class ShownChain : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TokenModule Token = new();
    private static readonly NotesModule Notes = new();
    private static readonly Ed25519PrivateKey AliceKey = new(Enumerable.Repeat((byte)1, 32).ToArray());

    private static readonly ChainDefinition Definition = new(
        new DevConsensus(new DevOptions { SealsOnTransactions = false }),
        new LedgerDefinition([Token, Notes]),
        new GenesisSpec(
            13,
            "shown",
            new UnixTime(1_767_225_600_000),
            [new ModuleGenesis(Token.Name, TokenModule.GenesisData((Alice, 1_000_000UL)))]));

    private readonly RpcServer _server;
    private ulong _nonce;

    private ShownChain(ChainNode node, RpcServer server) => (Node, _server) = (node, server);

    public static AccountAddress Alice => AccountAddress.FromKey(AliceKey.Scheme, AliceKey.PublicKey.Span);

    public static AccountAddress Bob { get; } = new(Sha256.Hash("bob"u8));

    public ChainNode Node { get; }

    public Uri Url => _server.Url;

    public static async Task<ShownChain> StartAsync()
    {
        ChainNode node = await StartNodeAsync();
        var options = new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        return new ShownChain(node, await RpcServer.StartAsync(node, options));
    }

    /// <summary>Another node, which dials the shown one.</summary>
    public Task<ChainNode> StartPeerAsync() => StartNodeAsync(Node);

    /// <summary>A node that dials the shown one and another.</summary>
    public Task<ChainNode> StartBridgeAsync(ChainNode other) => StartNodeAsync(Node, other);

    /// <summary>Another node that makes so many blocks alone.</summary>
    public static async Task<ChainNode> StartStrangerAsync(int blocks)
    {
        ChainNode stranger = await StartNodeAsync();
        await SealAsync(stranger, blocks);
        return stranger;
    }

    /// <summary>Makes so many blocks.</summary>
    public Task SealAsync(int blocks = 1) => SealAsync(Node, blocks);

    /// <summary>Has Alice pay Bob in the next block.</summary>
    public Task<Transaction> PayAsync(ulong amount) => SubmitAsync(Token.Transfer(Bob, amount));

    /// <summary>Has Alice write a note in the next block.</summary>
    public Task<Transaction> WriteAsync(string text) => SubmitAsync(Notes.Write(text));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Node.DisposeAsync();
    }

    private static async Task SealAsync(ChainNode node, int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            ulong height = node.Head.Height.Value + 1;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using IDisposable subscription = node.Subscribe(_ =>
            {
                if (node.Head.Height.Value >= height)
                {
                    reached.TrySetResult();
                }
            });
            await node.CommandAsync(DevConsensus.SealCommand);
            await reached.Task.WaitAsync(Patience);
        }
    }

    private static Task<ChainNode> StartNodeAsync(params ChainNode[] peers) => ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = Definition,
        Store = new MemoryStore(),
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Connect = [.. peers.Select(static peer => PeerAddress.From(IPAddress.Loopback, peer.ListenEndPoint!.Port))],
        Engine = new EngineOptions { ProducesBlocks = true },
        JobThreads = 1,
        IndexesTransactions = true,
    });

    private async Task<Transaction> SubmitAsync(Call call)
    {
        Transaction transaction = Transaction.Sign(
            new TransactionTerms(_nonce++, 1, new BlockHeight(1_000), call), Definition.GenesisId, AliceKey);
        Task<InclusionReceipt> included = Node.SubmitAndWaitAsync(transaction);
        while (!included.IsCompleted)
        {
            await SealAsync();
        }

        await included;
        return transaction;
    }
}
