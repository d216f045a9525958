using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chain.Core;
using Chain.Core.Consensus;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace New_Chain;

/// <summary>One node that seals as soon as a transaction waits, and another that joins it for one transaction.</summary>
internal static class DevNode
{
    private const int Port = 17_646;
    private const ulong Lifetime = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static ChainNodeOptions Options => new()
    {
        Chain = ChainSpec.Define(new DevConsensus()),
        Store = new MemoryStore(),
    };

    public static async Task<int> RunAsync()
    {
        try
        {
            await using ChainNode node = await ChainNode.StartAsync(Options with
            {
                Listen = new IPEndPoint(IPAddress.Loopback, Port),
                Engine = new EngineOptions { ProducesBlocks = true },
            });
            Introduce(node);
            using IDisposable blocks = node.Subscribe(Tell);
            var stop = new TaskCompletionSource();
            Console.CancelKeyPress += (_, pressed) => pressed.Cancel = stop.TrySetResult();
            await await Task.WhenAny(stop.Task, node.Stopped);
            return 0;
        }
        catch (SocketException fault)
        {
            Console.Error.WriteLine($"port {Port} of this machine cannot be used: {fault.Message}");
            return 78;
        }
    }

    public static async Task<int> SendAsync(DevWallet from, DevWallet to, ulong coins)
    {
        await using ChainNode node = await ChainNode.StartAsync(Options with
        {
            Connect = [PeerAddress.From(IPAddress.Loopback, Port)],
        });
        try
        {
            await JoinAsync(node);
            var terms = new TransactionTerms(
                Nonce: await node.NextNonceAsync(from.Address),
                Fee: 0,
                ValidUntil: new BlockHeight(node.Head.Height.Value + Lifetime),
                ChainSpec.Token.Transfer(to.Address, coins));
            Transaction transfer = Transaction.Sign(in terms, node.Chain.GenesisId, from.Key);
            InclusionReceipt receipt = await node.SubmitAndWaitAsync(transfer).WaitAsync(Patience);
            string reason = receipt.Receipt.Reason.Length == 0 ? "" : $": {receipt.Receipt.Reason}";
            Console.WriteLine($"{receipt.Status} in block #{receipt.Height.Value}{reason}");
            Console.WriteLine($"{from.Name} has {await node.BalanceAsync(from.Address)}");
            Console.WriteLine($"{to.Name} has {await node.BalanceAsync(to.Address)}");
            return receipt.Status == TransactionStatus.Applied ? 0 : 1;
        }
        catch (TimeoutException)
        {
            Console.Error.WriteLine($"no node of this chain answers on port {Port}: start one with \"dotnet run -- dev\"");
            return 1;
        }
    }

    /// <summary>Waits until the node has the blocks that its peer had when they met.</summary>
    private static async Task JoinAsync(ChainNode node)
    {
        var met = new TaskCompletionSource<BlockHeight>(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable peers = node.Subscribe(happened =>
        {
            if (happened is NodeEvent.Peers { Event: GossipEvent.PeerReady ready })
            {
                met.TrySetResult(ready.Hello.HeadHeight);
            }
        });
        BlockHeight height = await met.Task.WaitAsync(Patience);
        for (var waited = Stopwatch.StartNew(); node.Head.Height < height; await Task.Delay(TimeSpan.FromMilliseconds(20)))
        {
            if (waited.Elapsed > Patience)
            {
                throw new TimeoutException();
            }
        }
    }

    private static void Introduce(ChainNode node)
    {
        Console.WriteLine($"{node.Chain.Name}, network {node.Chain.Network}, on {node.ListenEndPoint}; nothing is kept when it stops");
        Console.WriteLine("accounts with 1000000 coins each; their keys are public keys: never in production");
        foreach (DevWallet wallet in DevWallet.All)
        {
            Console.WriteLine($"  {wallet.Name,-6} 0x{wallet.Address.Value}");
        }

        Console.WriteLine("next, in another terminal:  dotnet run -- send alice bob 5");
        Console.WriteLine("                            dotnet test");
    }

    private static void Tell(NodeEvent happened)
    {
        if (happened is NodeEvent.HeadMoved moved)
        {
            foreach (Block block in moved.Applied)
            {
                Console.WriteLine($"#{block.Height.Value} {block.Id} {block.Transactions.Count} tx");
            }
        }
    }
}
