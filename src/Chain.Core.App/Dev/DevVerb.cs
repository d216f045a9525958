using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.App.Log;
using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Rpc;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.App.Dev;

/// <summary><c>dev</c>: one node in memory that makes a block as soon as a transaction waits, until Ctrl+C.</summary>
internal static class DevVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("dev", "Runs a dev chain in memory with ten funded accounts, until Ctrl+C.");
        Option<int> port = Port("--port", "the port of the interface; 0 for any", RpcServerOptions.DefaultPort);
        Option<int> adminPort = Port("--admin-port", "the port of the dev_v1 methods; 0 for any", RpcServerOptions.DefaultPort + 1);
        command.Options.Add(port);
        command.Options.Add(adminPort);
        command.SetAction((parsed, cancelled) => RunAsync(scope, parsed, parsed.GetValue(port), parsed.GetValue(adminPort), cancelled));
        return command;
    }

    private static Option<int> Port(string name, string description, int otherwise) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise }.Between(0, ushort.MaxValue);

    private static async Task<int> RunAsync(VerbScope scope, ParseResult parsed, int port, int adminPort, CancellationToken cancelled)
    {
        NodeHome home = NodeHome.Of(scope, parsed);
        OwnFolder.Make(home.Folder);
        ChainDefinition chain = DevChainOf.Create(scope.App);
        bool hasToken = chain.Ledger.Modules.OfType<TokenModule>().Any();
        await using ChainNode node = await ChainNode.StartAsync(
            new ChainNodeOptions
            {
                Chain = chain,
                Store = new MemoryStore(),
                Engine = new EngineOptions { ProducesBlocks = true },
                IndexesTransactions = true,
                Faucet = hasToken ? DevKey.All[^1].Key : null,
            },
            cancelled).ConfigureAwait(false);
        await using RpcServer server = await ServeAsync(node, home, port, adminPort, cancelled).ConfigureAwait(false);
        Introduce(scope, parsed, node, server, home, await BalancesAsync(node, hasToken).ConfigureAwait(false));
        using var faults = new UnobservedFaults(fault => scope.Terminal.Errors.WriteLine(UnobservedFaults.Describe(fault)));
        using IDisposable blocks = node.Subscribe(happened => Tell(scope, parsed, happened));
        await Task.WhenAny(node.Stopped, Task.Delay(Timeout.Infinite, cancelled)).ConfigureAwait(false);
        return 0;
    }

    private static async Task<RpcServer> ServeAsync(ChainNode node, NodeHome home, int port, int adminPort, CancellationToken cancelled)
    {
        var options = new RpcServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, port),
            Admin = new RpcAdminOptions { Listen = new IPEndPoint(IPAddress.Loopback, adminPort), TokenFile = home.TokenFile },
        };
        try
        {
            return await RpcServer.StartAsync(node, options, cancelled).ConfigureAwait(false);
        }
        catch (RpcConfigurationException wrong) when (wrong.InnerException is IOException taken)
        {
            string option = wrong.Message.StartsWith("Rpc:Admin", StringComparison.Ordinal) ? "--admin-port" : "--port";
            throw new UsageException(FaultCode.Port, $"{option}: it cannot be used: {taken.Message}", "a free port of this machine", $"choose another, or {option} 0 for any");
        }
    }

    private static async Task<ulong[]> BalancesAsync(ChainNode node, bool hasToken)
    {
        var balances = new ulong[DevKey.All.Count];
        for (int i = 0; hasToken && i < balances.Length; i++)
        {
            balances[i] = await node.BalanceAsync(DevKey.All[i].Address).ConfigureAwait(false);
        }

        return balances;
    }

    private static void Introduce(VerbScope scope, ParseResult parsed, ChainNode node, RpcServer server, NodeHome home, ulong[] balances)
    {
        string program = scope.Invocation;
        string[] next =
        [
            $"{program} send alice bob 5" + (server.Url.Port == RpcServerOptions.DefaultPort ? "" : $" --rpc {server.Url}"),
            scope.App.Define is null ? $"curl -s {server.Url} -d '{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc_methods\"}}'" : "dotnet test",
            $"{program} testnet up -n 4",
        ];
        scope.Answer(
            parsed,
            new JsonObject
            {
                ["chain"] = node.Chain.Name,
                ["genesis"] = $"0x{node.Chain.GenesisId.Value}",
                ["rpc"] = server.Url.ToString(),
                ["admin"] = server.AdminUrl!.ToString(),
                ["token"] = home.TokenFile,
                ["accounts"] = new JsonObject([.. DevKey.All.Select((key, i) => KeyValuePair.Create<string, JsonNode?>(
                    key.Name, new JsonObject { ["address"] = $"0x{key.Address.Value}", ["balance"] = balances[i] }))]),
            },
            output =>
            {
                output.WriteLine($"{node.Chain.Name}: a dev chain in memory, gone when it stops (Ctrl+C)");
                output.WriteLine($"{balances.Count(static each => each > 0)} funded accounts; their keys are public keys: never in production");
                foreach ((DevKey key, ulong balance) in DevKey.All.Zip(balances))
                {
                    output.WriteLine($"  {key.Name,-6} 0x{key.Address.Value} {balance}");
                }

                output.WriteLine($"rpc       {server.Url}");
                output.WriteLine($"explorer  {server.Url}explorer");
                output.WriteLine($"dev_v1    {server.AdminUrl}, token in {home.TokenFile}");
                output.WriteLine("next, in another terminal:");
                Array.ForEach(next, line => output.WriteLine($"  {line}"));
                output.Flush();
            });
    }

    private static void Tell(VerbScope scope, ParseResult parsed, NodeEvent happened)
    {
        if (happened is not NodeEvent.HeadMoved moved)
        {
            return;
        }

        foreach (Block block in moved.Applied)
        {
            scope.Answer(
                parsed,
                new JsonObject { ["height"] = block.Height.Value, ["id"] = $"0x{block.Id.Value}", ["transactions"] = block.Transactions.Count },
                output => output.WriteLine($"#{block.Height.Value} {block.Id} {block.Transactions.Count} tx"));
        }

        if (moved.Unapplied.Count > 0)
        {
            scope.Answer(
                parsed,
                new JsonObject { ["height"] = moved.Head.Height.Value, ["undone"] = moved.Unapplied.Count },
                output => output.WriteLine($"#{moved.Head.Height.Value} back by {moved.Unapplied.Count} blocks"));
        }
    }
}
