using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App.Errors;
using Chain.Core.App.Genesis;
using Chain.Core.App.Home;
using Chain.Core.Protocol;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Checkpoints;

/// <summary><c>checkpoint export|verify</c>: what a light client or a new node may start to trust from.</summary>
internal static class CheckpointVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("checkpoint", "Tells a final block to trust from, and compares one with a node. Proof of stake only.");
        command.Subcommands.Add(Export(scope));
        command.Subcommands.Add(Verify(scope));
        return command;
    }

    private static Command Export(VerbScope scope)
    {
        var command = new Command("export", "Prints the newest final block of a node, its height and the hash of its validators, after its certificate was checked here.");
        var address = new NodeAddress(scope);
        address.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            using RpcClient client = address.Connect(parsed);
            CheckpointFile found = await SourceOf(scope, parsed, client).FetchAsync(BlockQuery.Finalized, cancelled).ConfigureAwait(false);
            string file = found.Write();
            scope.Answer(parsed, JsonNode.Parse(file)!, output => output.WriteLine(file));
            return 0;
        });
        return command;
    }

    private static Command Verify(VerbScope scope)
    {
        var command = new Command("verify", "Compares a checkpoint with what a node has at its height; exit code 1 where they differ.");
        var file = new Argument<string>("file") { Description = "what 'checkpoint export' printed" };
        var address = new NodeAddress(scope);
        command.Arguments.Add(file);
        address.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            CheckpointFile expected = CheckpointFile.Read(parsed.GetValue(file)!);
            using RpcClient client = address.Connect(parsed);
            CheckpointFile found = await SourceOf(scope, parsed, client).FetchAsync(BlockQuery.At(new BlockHeight(expected.Height)), cancelled).ConfigureAwait(false);
            if (found != expected)
            {
                throw new UsageException(
                    FaultCode.Checkpoint, $"the node has {found.Block} with validators {found.Validators} at #{expected.Height}", $"{expected.Block} with {expected.Validators}") { ExitCode = 1 };
            }

            scope.Answer(parsed, new JsonObject { ["agrees"] = true, ["height"] = expected.Height }, output => output.WriteLine($"the node agrees at #{expected.Height}"));
            return 0;
        });
        return command;
    }

    private static CheckpointSource SourceOf(VerbScope scope, ParseResult parsed, RpcClient client)
    {
        ChainDefinition chain = HomeChain.Open(scope.App, NodeHome.Of(scope, parsed));
        return new CheckpointSource(client, chain);
    }
}
