using System.Globalization;
using System.Net;
using Chain.Core;
using Chain.Core.Crypto;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Rpc;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>
/// One node as a process of its own. It takes commands as lines on standard input and tells what happens as lines
/// on standard output; when its parent dies, standard input ends and so does the node.
/// </summary>
internal static class NodeMain
{
    public static Task<int> RunAsync(Arguments arguments) => RunAsync(arguments, Console.In, Console.Out);

    public static async Task<int> RunAsync(Arguments arguments, TextReader commands, TextWriter lines)
    {
        int index = arguments.Node!.Value;
        string folder = Path.Combine(arguments.Data, string.Create(CultureInfo.InvariantCulture, $"node-{index}"));
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        DemoGenesis genesis = Demo.ReadGenesis(arguments.Data)!;
        int validator = arguments.Validator ?? index;
        using var voting = new Ed25519PrivateKey(Stake.SeedOf(validator).Span);
        using var drawing = new VrfPrivateKey(Stake.SeedOf(validator).Span);
        await using ChainNode node = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = Demo.CreateChain(genesis),
            Store = RocksDbStore.Open(Path.Combine(folder, "chain"), new RocksDbStoreOptions()),
            Listen = arguments.Listen,
            Connect = arguments.Connect,
            Engine = Demo.EngineFor(genesis, validator),
            Signer = genesis.Consensus == "pos" ? voting : null,
            SignerIsNew = isNew, // a lie where the key runs elsewhere too: see Show.RunKeyTwiceAsync
            Randomness = new VrfProver(drawing),
            Identity = Sha256.Hash(System.Text.Encoding.UTF8.GetBytes(folder)).ToArray(),
            JobThreads = 1,
            IndexesTransactions = arguments.Rpc is not null,

            // Nodes know each other through the wires of this sample alone, or a split would be walked around.
            Gossip = options => options with { Peers = options.Peers with { AddressSample = 0, RedialMax = TimeSpan.FromSeconds(1) } },
        });
        await using RpcServer? rpc = arguments.Rpc is { } port
            ? await RpcServer.StartAsync(node, new RpcServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, port) })
            : null;
        await using var output = new LineWriter(lines);
        using IDisposable subscription = node.Subscribe(happened => Tell(happened, output));
        output.Write($"ready {node.ListenEndPoint!.Port} {node.Head.Height.Value} {Convert.ToHexStringLower(node.Head.Encoded.Span)}");
        while (await commands.ReadLineAsync() is { } line && line != "quit")
        {
            await ObeyAsync(node, genesis, line, output);
        }

        return 0;
    }

    private static void Tell(NodeEvent happened, LineWriter output)
    {
        switch (happened)
        {
            case NodeEvent.HeadMoved moved:
                foreach (Block block in moved.Unapplied)
                {
                    output.Write($"undone {Convert.ToHexStringLower(block.Header.Encoded.Span)} {Ids(block)}");
                }

                foreach (Block block in moved.Applied)
                {
                    output.Write($"done {Convert.ToHexStringLower(block.Header.Encoded.Span)} {Ids(block)}");
                    if (block.Transactions.FirstOrDefault(static each => each.Terms.Call is { Module: "staking", Method: "report" }) is { } report)
                    {
                        output.Write($"reported {block.Height.Value} {report.Sender.Value}");
                    }
                }

                output.Write($"head {Convert.ToHexStringLower(moved.Head.Encoded.Span)}");
                break;
            case NodeEvent.BlockFinalized final:
                output.Write($"final {final.Block.Value}");
                break;
            case NodeEvent.TransactionRefused refused:
                output.Write($"refused {refused.Id.Value} {refused.Reason}");
                break;
            case NodeEvent.Peers { Event: not GossipEvent.SyncProgress } peers:
                output.Write($"note {peers.Event}");
                break;
            case NodeEvent.BlockRefused refused:
                output.Write($"invalid {refused.Block.Value} {refused.Reason}");
                break;
        }
    }

    private static async Task ObeyAsync(ChainNode node, DemoGenesis genesis, string line, LineWriter output)
    {
        string[] words = line.Split(' ');
        switch (words[0])
        {
            case "tx" when WireValue.TryDecode(Convert.FromHexString(words[1]), out Transaction? transaction, out _):
                await node.SubmitAsync(transaction);
                break;
            case "prove":
                var account = new AccountAddress(Hash256.Parse(words[1]));
                output.Write(node.Query((head, state) =>
                {
                    StateProof proof = Demo.Token.Balances.Prove(state, account);
                    return $"proof {head.Id.Value} {Convert.ToHexStringLower(proof.Encoded.Span)}";
                }));
                break;
            case "stake":
                int validator = int.Parse(words[1], CultureInfo.InvariantCulture);
                output.Write(node.Query((head, state) => $"stake {head.Height.Value} {new Stake(genesis.Producers).Describe(state, head.Height, validator)}"));
                break;
            case "count":
                output.Write(node.Query((head, state) => $"counted {head.Id.Value} {Demo.CountCoins(state, genesis)} {Environment.WorkingSet}"));
                break;
        }
    }

    private static string Ids(Block block) => string.Join(',', block.Transactions.Select(each => each.Id.Value));
}
