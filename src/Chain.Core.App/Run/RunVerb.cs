using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App.Configuration;
using Chain.Core.App.Genesis;
using Chain.Core.App.Home;
using Chain.Core.App.Keys;
using Chain.Core.Protocol;
using Microsoft.Extensions.Configuration;

namespace Chain.Core.App.Run;

/// <summary><c>run</c>: the node, its RPC server and its figures, until Ctrl+C or SIGTERM.</summary>
internal static class RunVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("run", "Runs the node until Ctrl+C or SIGTERM; one line a block on standard error.");
        Option<string[]> set = CommonOptions.Set();
        var signerIsNew = new Option<bool>("--signer-is-new") { Description = "vouch that the key has never signed elsewhere; needed once for an imported key" };
        var passphrase = new PassphraseSource(scope);
        command.Options.Add(set);
        command.Options.Add(signerIsNew);
        passphrase.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            NodeHome home = NodeHome.Of(scope, parsed);
            string[] assignments = parsed.GetValue(set)!;
            IConfigurationRoot configuration = SettingsSource.Open(home, scope, assignments);
            NodeSettings settings = SettingsReader.Read(configuration);
            ChainDefinition chain = HomeChain.Open(scope.App, home);
            using ProducerKey? key = ProducerKey.Open(home, settings, chain, file =>
                passphrase.Read(parsed, $"passphrase of {file.Path}", settings.Producer.PassphraseFile is { Length: > 0 } named ? home.Resolve(named) : ""));
            key?.VouchFor(parsed.GetValue(signerIsNew));
            var plan = new NodePlan(home, settings, chain, key);
            await using NodeRun run = await NodeRun.StartAsync(plan, scope, assignments, cancelled).ConfigureAwait(false);
            Introduce(scope, parsed, run, chain);
            await run.UntilStoppedAsync(cancelled).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    private static void Introduce(VerbScope scope, ParseResult parsed, NodeRun run, ChainDefinition chain) => scope.Answer(
        parsed,
        new JsonObject
        {
            ["chain"] = chain.Name,
            ["genesis"] = $"0x{chain.GenesisId.Value}",
            ["height"] = run.Node.Head.Height.Value,
            ["p2p"] = run.Node.ListenEndPoint?.ToString(),
            ["rpc"] = run.RpcUrl?.ToString(),
            ["metrics"] = run.MetricsUrl?.ToString(),
        },
        output =>
        {
            output.WriteLine($"{chain.Name} ({chain.Consensus.Name}) at #{run.Node.Head.Height.Value}, genesis 0x{chain.GenesisId.Value}");
            output.WriteLine($"p2p {run.Node.ListenEndPoint?.ToString() ?? "off"}");
            output.WriteLine($"rpc {run.RpcUrl?.ToString() ?? "off"}");
            output.WriteLine($"metrics {run.MetricsUrl?.ToString() ?? "off"}");
        });
}
