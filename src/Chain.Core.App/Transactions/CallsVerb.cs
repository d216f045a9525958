using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.Ledger;
using Chain.Core.Rpc.Client;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx calls</c>: what transactions can call on the node's chain.</summary>
internal static class CallsVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("calls", "Lists what transactions can call on the node's chain, with the arguments.");
        var address = new NodeAddress(scope);
        address.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            using RpcClient client = address.Connect(parsed);
            foreach (ModuleDescription module in await client.GetModulesAsync(cancelled).ConfigureAwait(false))
            {
                foreach (ValueField method in module.Methods)
                {
                    Answer(scope, parsed, $"{module.Name}.{method.Name}", method.Shape);
                }
            }

            return 0;
        });
        return command;
    }

    private static void Answer(VerbScope scope, ParseResult parsed, string call, ValueShape shape)
    {
        JsonObject arguments = [.. CallMaker.ArgumentsOf(shape).Select(static each => KeyValuePair.Create(each.Name, (JsonNode?)ShapeText.Expected(each.Shape)))];
        scope.Answer(parsed, new JsonObject { ["call"] = call, ["arguments"] = arguments }, output => output.WriteLine(OneLine.Of($"{call} {ShapeText.Usage(shape)}")));
    }
}
