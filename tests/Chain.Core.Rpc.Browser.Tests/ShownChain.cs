using System.Net;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Rpc.Client.Tests;
using Chain.Core.Rpc.Tests;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>A node of a small chain that seals on command, behind a server, for a browser to look at.</summary>
internal sealed class ShownChain : IAsyncDisposable
{
    private static readonly NotesModule Notes = new();

    private static readonly ChainDefinition Definition = new(
        new DevConsensus(new DevOptions { SealsOnTransactions = false }),
        new LedgerDefinition([TestChain.Token, Notes]),
        new GenesisSpec(
            13,
            "shown",
            new UnixTime(1_767_225_600_000),
            [new ModuleGenesis(TestChain.Token.Name, TokenModule.GenesisData((TestChain.AliceAddress, 1_000_000UL)))]));

    private readonly RpcServer _server;
    private ulong _nonce;

    private ShownChain(ChainNode node, RpcServer server) => (Node, _server) = (node, server);

    public ChainNode Node { get; }

    public Uri Url => _server.Url;

    public static async Task<ShownChain> StartAsync()
    {
        ChainNode node = await StartNodeAsync();
        var options = new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        return new ShownChain(node, await RpcServer.StartAsync(node, options));
    }

    /// <summary>A chain with proof of stake and one validator instead.</summary>
    public static async Task<ShownChain> StartWithStakeAsync(ChainDefinition? definition = null)
    {
        ChainNode node = await StakeChain.StartAsync(definition);
        return new ShownChain(node, await RpcServer.StartAsync(node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) }));
    }

    /// <summary>Has Alice's next payment wait: nothing is sealed.</summary>
    public Task<Transaction> WaitAsync(ulong amount)
    {
        Transaction transaction = Transaction.Sign(
            new TransactionTerms(_nonce++, 1, new BlockHeight(1_000), TestChain.Token.Transfer(TestChain.Bob, amount)), Definition.GenesisId, TestChain.Alice);
        _ = Node.SubmitAndWaitAsync(transaction);
        return Task.FromResult(transaction);
    }

    /// <summary>Another node, which dials the shown one.</summary>
    public Task<ChainNode> StartPeerAsync() => StartNodeAsync(Node);

    /// <summary>A node that dials the shown one and another.</summary>
    public Task<ChainNode> StartBridgeAsync(ChainNode other) => StartNodeAsync(Node, other);

    /// <summary>Another node that makes so many blocks alone.</summary>
    public static async Task<ChainNode> StartStrangerAsync(int blocks)
    {
        ChainNode stranger = await StartNodeAsync();
        await stranger.SealAsync(blocks);
        return stranger;
    }

    /// <summary>Makes so many blocks.</summary>
    public Task SealAsync(int blocks = 1) => Node.SealAsync(blocks);

    /// <summary>Has Alice pay Bob in the next block.</summary>
    public Task<Transaction> PayAsync(ulong amount) => SubmitAsync(TestChain.Token.Transfer(TestChain.Bob, amount));

    /// <summary>Has Alice write a note in the next block.</summary>
    public Task<Transaction> WriteAsync(string text) => SubmitAsync(Notes.Write(text));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Node.DisposeAsync();
    }

    private static Task<ChainNode> StartNodeAsync(params ChainNode[] peers) => TestChain.StartAsync(chain: Definition, peers: peers);

    private async Task<Transaction> SubmitAsync(Call call)
    {
        Transaction transaction = Transaction.Sign(
            new TransactionTerms(_nonce++, 1, new BlockHeight(1_000), call), Node.Chain.GenesisId, TestChain.Alice);
        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = Node.Subscribe(happened =>
        {
            if (happened is NodeEvent.TransactionAdmitted one && one.Id == transaction.Id)
            {
                admitted.TrySetResult();
            }
        });
        Task<InclusionReceipt> included = Node.SubmitAndWaitAsync(transaction);
        await Task.WhenAny(admitted.Task, included); // a refusal is told by the second
        if (Node.Chain.GenesisId == Definition.GenesisId)
        {
            await SealAsync(); // so that it is in the next block, and that block is the head
        }

        await included;
        return transaction;
    }
}
