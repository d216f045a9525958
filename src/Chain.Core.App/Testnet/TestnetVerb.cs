using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Chain.Core.App.Errors;
using Chain.Core.App.Genesis;

namespace Chain.Core.App.Testnet;

/// <summary><c>testnet</c>: several nodes as processes on this machine, which can be killed and cut off from each other.</summary>
internal static class TestnetVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("testnet", "Nodes as processes on this machine, to kill, to cut off from each other, and to compare.");
        var dir = new Option<string>("--dir") { Description = "the folder of the testnet", DefaultValueFactory = static _ => "testnet", Recursive = true };
        command.Options.Add(dir);
        TestnetFolder Folder(ParseResult parsed) => new(scope.App, parsed.GetValue(dir)!);
        command.Subcommands.Add(Up(scope, Folder));
        command.Subcommands.Add(PartitionVerb.Split(scope, Folder));
        command.Subcommands.Add(PartitionVerb.Heal(scope, Folder));
        command.Subcommands.Add(Kill(scope, Folder));
        command.Subcommands.Add(Down(scope, Folder));
        command.Subcommands.Add(AssertVerb.Create(scope, Folder));
        command.Subcommands.Add(Node(scope, Folder));
        return command;
    }

    /// <summary>Says one thing about the testnet.</summary>
    public static void Say(VerbScope scope, ParseResult parsed, string what, TestnetState state) => scope.Answer(
        parsed,
        new JsonObject { ["done"] = what, ["running"] = new JsonArray([.. state.Nodes.Where(static node => node.Process is not null).Select(static node => JsonValue.Create(node.Index))]) },
        output => output.WriteLine(what));

    private static Command Up(VerbScope scope, Func<ParseResult, TestnetFolder> folderOf)
    {
        var command = new Command("up", "Starts every node that does not run; a new testnet where there is none.");
        Option<int> nodes = new Option<int>("-n", "--nodes") { Description = $"how many nodes, 1 to {TestnetFolder.MaxNodes}", DefaultValueFactory = static _ => 4 }
            .Between(1, TestnetFolder.MaxNodes);
        command.Options.Add(nodes);
        var consensus = new Option<string>("--consensus") { Description = "pos, pow or dev", DefaultValueFactory = static _ => "pos" };
        consensus.AcceptOnlyFromAmong(GenesisChain.Engines);
        if (scope.App.Define is null)
        {
            command.Options.Add(consensus);
        }

        command.SetAction(async (parsed, cancelled) =>
        {
            TestnetFolder folder = folderOf(parsed);
            TestnetState state = folder.TryRead() ?? folder.Create(parsed.GetValue(nodes), scope.App.Define is null ? parsed.GetValue(consensus)! : "");
            if (parsed.GetResult(nodes) is { Implicit: false } && parsed.GetValue(nodes) != state.Nodes.Count)
            {
                throw new UsageException(
                    FaultCode.Testnet, $"the testnet in {folder.Path} has {state.Nodes.Count} nodes", $"-n {state.Nodes.Count}", "begin anew with 'testnet down --remove'");
            }

            await StartAsync(folder, state, cancelled).ConfigureAwait(false);
            Introduce(scope, parsed, folder.Read());
            return 0;
        });
        return command;
    }

    /// <summary>All at once; what has started is written down also where another one fails.</summary>
    private static async Task StartAsync(TestnetFolder folder, TestnetState state, CancellationToken cancelled)
    {
        var starting = new List<Task<TestnetNodeState>>();
        foreach (TestnetNodeState node in state.Nodes)
        {
            using Process? running = TestnetProcess.Find(node);
            if (running is null)
            {
                starting.Add(TestnetProcess.StartAsync(folder, node, cancelled));
            }
        }

        try
        {
            await Task.WhenAll(starting).ConfigureAwait(false);
        }
        finally
        {
            folder.Write(starting.Where(static task => task.IsCompletedSuccessfully).Aggregate(state, static (all, task) => With(all, task.Result)));
        }
    }

    private static void Introduce(VerbScope scope, ParseResult parsed, TestnetState state) => scope.Answer(
        parsed,
        new JsonObject
        {
            ["chain"] = state.Chain,
            ["nodes"] = new JsonArray([.. state.Nodes.Select(static node => new JsonObject { ["index"] = node.Index, ["process"] = node.Process, ["rpc"] = node.Rpc.ToString() })]),
        },
        output =>
        {
            output.WriteLine($"{state.Chain}: {state.Nodes.Count} nodes on this machine; their keys are public keys: never in production");
            foreach (TestnetNodeState node in state.Nodes)
            {
                output.WriteLine($"  node {node.Index}  process {node.Process}  rpc {node.Rpc}  explorer {node.Rpc}explorer");
            }

            output.WriteLine($"next: {scope.Invocation} testnet partition 0,1 2,3 · testnet heal · testnet kill 2 · testnet assert · testnet down");
        });

    private static Command Kill(VerbScope scope, Func<ParseResult, TestnetFolder> folderOf)
    {
        var command = new Command("kill", "Kills a node with SIGKILL; 'testnet up' starts it again from its disk.");
        var index = new Argument<int>("node") { Description = "its number" };
        command.Arguments.Add(index);
        command.SetAction(async (parsed, cancelled) =>
        {
            TestnetFolder folder = folderOf(parsed);
            TestnetState state = folder.Read();
            TestnetNodeState node = NodeOf(state, parsed.GetValue(index));
            using Process? process = TestnetProcess.Find(node);
            if (process is null)
            {
                throw new UsageException(FaultCode.Testnet, $"node {node.Index} does not run") { ExitCode = 1 };
            }

            await TestnetProcess.KillAsync(process, cancelled).ConfigureAwait(false);
            state = With(state, node with { Process = null, Started = null });
            folder.Write(state);
            Say(scope, parsed, $"node {node.Index} killed", state);
            return 0;
        });
        return command;
    }

    private static Command Down(VerbScope scope, Func<ParseResult, TestnetFolder> folderOf)
    {
        var command = new Command("down", "Ends every node in order; their data stays.");
        var remove = new Option<bool>("--remove") { Description = "delete the testnet and its data as well" };
        command.Options.Add(remove);
        command.SetAction(async (parsed, cancelled) =>
        {
            TestnetFolder folder = folderOf(parsed);
            TestnetState state = folder.Read();
            foreach (TestnetNodeState node in state.Nodes)
            {
                using Process? process = TestnetProcess.Find(node);
                if (process is not null)
                {
                    await TestnetProcess.StopAsync(process, cancelled).ConfigureAwait(false);
                }
            }

            state = state with { Nodes = [.. state.Nodes.Select(static node => node with { Process = null, Started = null })] };
            folder.Write(state);
            if (parsed.GetValue(remove))
            {
                Directory.Delete(folder.Path, recursive: true);
            }

            Say(scope, parsed, $"{state.Nodes.Count} nodes down", state);
            return 0;
        });
        return command;
    }

    private static Command Node(VerbScope scope, Func<ParseResult, TestnetFolder> folderOf)
    {
        var command = new Command("node", "The process of one node.") { Hidden = true };
        var index = new Argument<int>("node");
        command.Arguments.Add(index);
        command.SetAction((parsed, cancelled) =>
        {
            TestnetFolder folder = folderOf(parsed);
            return TestnetNode.RunAsync(folder, NodeOf(folder.Read(), parsed.GetValue(index)).Index, scope.Terminal.Output, cancelled);
        });
        return command;
    }

    private static TestnetNodeState NodeOf(TestnetState state, int index) => index >= 0 && index < state.Nodes.Count
        ? state.Nodes[index]
        : throw new UsageException(FaultCode.Testnet, $"there is no node {index}", $"0 to {state.Nodes.Count - 1}");

    private static TestnetState With(TestnetState state, TestnetNodeState node) =>
        state with { Nodes = [.. state.Nodes.Select(each => each.Index == node.Index ? node : each)] };
}
