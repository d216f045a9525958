using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Chain.Core.App.Testnet;

/// <summary><c>testnet assert</c>: whether all nodes that should run are of one chain and one state; exit code 1 where they are not.</summary>
internal static class AssertVerb
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Create(VerbScope scope, Func<ParseResult, TestnetFolder> folderOf)
    {
        var command = new Command("assert", "Compares the nodes that run: one head, the same root. Exit code 1 where they differ.");
        var height = new Option<ulong>("--height") { Description = "all are at least so high" };
        var within = new Option<int>("--within") { Description = "for how many seconds it may still come true", DefaultValueFactory = static _ => 10 };
        command.Options.Add(height);
        command.Options.Add(within);
        command.SetAction(async (parsed, cancelled) =>
        {
            TestnetState state = folderOf(parsed).Read();
            var patience = TimeSpan.FromSeconds(int.Clamp(parsed.GetValue(within), 0, 3600));
            long began = Stopwatch.GetTimestamp();
            TestnetReport report = await TestnetReport.AskAsync(state, cancelled).ConfigureAwait(false);
            while (!Holds(report, parsed.GetValue(height)) && Stopwatch.GetElapsedTime(began) < patience)
            {
                await Task.Delay(Pause, cancelled).ConfigureAwait(false);
                report = await TestnetReport.AskAsync(state, cancelled).ConfigureAwait(false);
            }

            bool holds = Holds(report, parsed.GetValue(height));
            Answer(scope, parsed, state, report, holds);
            return holds ? 0 : 1;
        });
        return command;
    }

    private static bool Holds(TestnetReport report, ulong height) => report.IsOneChain && report.Common.Value >= height;

    private static void Answer(VerbScope scope, ParseResult parsed, TestnetState state, TestnetReport report, bool holds) => scope.Answer(
        parsed,
        new JsonObject
        {
            ["holds"] = holds,
            ["height"] = report.Common.Value,
            ["silent"] = new JsonArray([.. report.Silent.Select(static node => JsonValue.Create(node))]),
            ["nodes"] = new JsonArray([.. report.Blocks.Select(each => new JsonObject
            {
                ["index"] = each.Node,
                ["head"] = HeadOf(report, each.Node),
                ["block"] = $"0x{each.Block.Value}",
                ["root"] = $"0x{each.Root}",
            })]),
        },
        output =>
        {
            foreach ((int node, Wire.BlockId block, Crypto.Hash256 root) in report.Blocks)
            {
                output.WriteLine($"  node {node}  head #{HeadOf(report, node)}  at #{report.Common.Value}: block {block} root {root.ToString()[..12]}…");
            }

            foreach (int node in report.Silent)
            {
                output.WriteLine($"  node {node}  does not answer");
            }

            int killed = state.Nodes.Count(static node => node.Process is null);
            string asleep = killed == 0 ? "" : $", {killed} down";
            output.WriteLine(report.IsOneChain
                ? $"{(holds ? "one chain" : "too low")}: {report.Blocks.Count} nodes agree at #{report.Common.Value}, one state root{asleep}"
                : $"not one chain: {report.Blocks.Select(static each => each.Block).Distinct().Count()} blocks at #{report.Common.Value}, {report.Silent.Count} silent{asleep}");
        });

    private static ulong HeadOf(TestnetReport report, int node) => report.Heads.First(each => each.Node == node).Status.Head.Height.Value;
}
