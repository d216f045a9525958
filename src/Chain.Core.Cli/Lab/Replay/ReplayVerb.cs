using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.Cli.Lab.Cluster;
using Chain.Core.Cli.Lab.Compare;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Replay;

/// <summary><c>chain lab replay</c>: runs what a manifest says once more; every digest must come out again.</summary>
internal static class ReplayVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("replay", "Runs what a manifest says once more: the same digest, or where it parted. Exit code 1 where a run parted.");
        var path = new Argument<string>("manifest") { Description = "a manifest.json, or the folder of one" };
        var work = new WorkOptions();
        command.Arguments.Add(path);
        work.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            RunManifest manifest = ManifestFile.Read(parsed.GetValue(path)!);
            var shelf = new EngineShelf();
            foreach (string assembly in manifest.EngineAssemblies)
            {
                shelf.Load(assembly);
            }

            shelf.Check(manifest.Scenario.Engines);
            TextWriter notes = scope.NotesOf(parsed);
            await using LabWork begun = await work.BeginAsync(parsed, shelf.Engines, notes, cancelled);
            Comparison comparison = await RunVerb.RunAsync(manifest.Scenario, begun.Runner, notes, cancelled);
            bool areSame = true;
            foreach (ManifestRun before in manifest.Runs)
            {
                RunResult? again = comparison.Runs.FirstOrDefault(run => run.Engine.ToString() == before.Engine.ToString() && run.Seed == before.Seed);
                areSame &= again?.Digest == before.Digest;
                string found = Judge(before, again);
                scope.Answer(
                    parsed,
                    new JsonObject { ["engine"] = before.Engine.ToString(), ["seed"] = before.Seed, ["digest"] = before.Digest, ["again"] = again?.Digest, ["found"] = found },
                    output => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {before.Engine} seed {before.Seed}: {found}")));
            }

            return areSame ? 0 : 1;
        });
        return command;
    }

    private static string Judge(ManifestRun before, RunResult? again) =>
        again is null ? "the scenario of the manifest has no such run"
        : again.Digest == before.Digest ? $"the same digest {before.Digest[..8]}…"
        : Parting(before.Checkpoints, again.Checkpoints);

    /// <summary>Between which checkpoints two runs part.</summary>
    private static string Parting(IReadOnlyList<Checkpoint> before, IReadOnlyList<Checkpoint> again)
    {
        int first = 0;
        while (first < before.Count && first < again.Count && before[first] == again[first])
        {
            first++;
        }

        string from = first == 0 ? "the beginning" : Durations.Format(before[first - 1].At);
        string until = first < before.Count ? Durations.Format(before[first].At) : "the end";
        string digests = first < before.Count && first < again.Count ? $" ({before[first].Digest[..8]}… then, {again[first].Digest[..8]}… now)" : "";
        return $"parted between {from} and {until} of simulated time{digests}";
    }
}
