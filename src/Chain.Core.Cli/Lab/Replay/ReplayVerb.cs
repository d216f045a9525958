using System.CommandLine;
using System.Globalization;
using Chain.Core.Cli.Lab.Cluster;
using Chain.Core.Cli.Lab.Compare;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Replay;

/// <summary><c>chain lab replay</c>: runs what a manifest says once more; every digest must come out again.</summary>
internal static class ReplayVerb
{
    public static Command Create(TextWriter output)
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
            await using LabWork begun = await work.BeginAsync(parsed, shelf.Engines, output, cancelled);
            Comparison comparison = await RunVerb.RunAsync(manifest.Scenario, begun.Runner, output, cancelled);
            bool[] same = [.. manifest.Runs.Select(run => Tell(run, comparison, output))];
            return same.Contains(false) ? 1 : 0;
        });
        return command;
    }

    private static bool Tell(ManifestRun before, Comparison comparison, TextWriter output)
    {
        RunResult? again = comparison.Runs.FirstOrDefault(run => run.Engine.ToString() == before.Engine.ToString() && run.Seed == before.Seed);
        string name = string.Create(CultureInfo.InvariantCulture, $" {before.Engine} seed {before.Seed}");
        if (again?.Digest == before.Digest)
        {
            output.WriteLine($"{name}: the same digest {before.Digest[..8]}…");
            return true;
        }

        output.WriteLine(again is null ? $"{name}: the scenario of the manifest has no such run" : $"{name}: {Parting(before.Checkpoints, again.Checkpoints)}");
        return false;
    }

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
