using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Cluster;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Sweep;

/// <summary><c>chain lab sweep</c>: the same scenario at growing rates, up to the knee and beyond, and then around it.</summary>
internal static class SweepVerb
{
    /// <summary>A node in each region and one seed of the default, as high rates take long to simulate: every node sees every transaction.</summary>
    private static readonly Scenario Unasked = NamedScenarios.Default.WithNodes(5).WithSeeds(1) with { Description = "Transfers at growing rates, around the world." };

    public static Command Create(VerbScope scope)
    {
        var command = new Command("sweep", "Runs a scenario at growing rates and finds the knee: the highest rate that each engine keeps up with.");
        var scenario = new ScenarioOptions(Unasked, takesRate: false);
        var range = new Option<string>("--rate", "-r", "--rates") { Description = "from..to in transactions a second; doubled until an engine falls behind, then closing in on its knee", DefaultValueFactory = static _ => "50..800" };
        var folder = new Option<string>("--out", "-o") { Description = "where results go", DefaultValueFactory = static _ => "results" };
        var noFiles = new Option<bool>("--no-files") { Description = "print only" };
        var work = new WorkOptions();
        scenario.AddTo(command);
        command.Options.Add(range);
        command.Options.Add(folder);
        command.Options.Add(noFiles);
        work.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            var shelf = new EngineShelf();
            Scenario asked = scenario.Read(parsed, shelf);
            (double from, double to) = ReadRange(parsed.GetValue(range)!);
            TextWriter notes = scope.NotesOf(parsed);
            await using LabWork begun = await work.BeginAsync(parsed, shelf.Engines, notes, cancelled);
            RateSweep sweep = await RunAsync(asked, scenario.SaysDuration(parsed), from, to, begun.Runner, notes, cancelled);
            string? written = parsed.GetValue(noFiles) ? null : ResultFolder.Write(sweep, parsed.GetValue(folder)!, DateTimeOffset.UtcNow);
            scope.Answer(
                parsed,
                new JsonObject { ["folder"] = written, ["engines"] = new JsonArray([.. sweep.Engines.Select(engine => Describe(sweep, engine))]) },
                output =>
                {
                    foreach (string engine in sweep.Engines)
                    {
                        output.WriteLine($" {sweep.DescribeKnee(engine)}");
                    }

                    if (written is not null)
                    {
                        output.WriteLine($" → {written}{Path.DirectorySeparatorChar}{{report.html, sweep.csv}}");
                    }
                });
            return 0;
        });
        return command;
    }

    private static JsonObject Describe(RateSweep sweep, string engine) => new()
    {
        ["engine"] = engine,
        ["knee"] = sweep.Knee(engine),
        ["points"] = new JsonArray([.. sweep.Of(engine).Select(point => new JsonObject
        {
            ["offered"] = sweep.Offered(point.Runs),
            ["committed"] = RateSweep.Committed(point.Runs),
            ["finality_p50"] = point.Runs.Of(FigureCatalog.Find("finality_p50"))?.Mean,
            ["keeps_up"] = sweep.KeepsUp(engine, point.Rate),
        })]),
    };

    /// <summary>Finds the knee of each engine in turn, and says what is run.</summary>
    public static async Task<RateSweep> RunAsync(
        Scenario asked, bool keepsDuration, double from, double to, ScenarioRunner runner, TextWriter output, CancellationToken cancelled)
    {
        var points = new List<Comparison>();
        foreach (EngineChoice engine in asked.Engines)
        {
            var search = new KneeSearch(asked with { Engines = [engine] }, TryAsync) { KeepsDuration = keepsDuration };
            if (points.Count == 0)
            {
                string length = keepsDuration ? "" : "; loads of higher rates are shorter, those of slow engines longer";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" CONFIG   {new Comparison(search.At(from), []).Describe()}; up to {to:0} tx/s{length}"));
            }

            points.AddRange((await search.RunAsync(from, to)).Points);
        }

        return new RateSweep(points);

        async Task<IReadOnlyList<Comparison>> TryAsync(IReadOnlyList<Scenario> scenarios)
        {
            IReadOnlyList<Comparison> tried = await RunVerb.RunAsync(scenarios, runner, output, cancelled);
            var sweep = new RateSweep(tried);
            foreach (Comparison point in tried)
            {
                Tell(point, sweep, output);
            }

            return tried;
        }
    }

    private static void Tell(Comparison point, RateSweep sweep, TextWriter output)
    {
        EngineRuns engine = point.Engines[0];
        string latency = engine.Of(FigureCatalog.Find("finality_p50")) is { } final ? string.Create(CultureInfo.InvariantCulture, $"{final.Mean:0.00} s") : "–";
        string verdict = sweep.KeepsUp(engine.Name, point.Scenario.Load.Rate) ? "keeps up" : "falls behind";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $" {engine.Name,-8} {sweep.Offered(engine),8:0} offered {RateSweep.Committed(engine),8:0} committed   final p50 {latency}   {verdict}, {Durations.Format(point.Scenario.Duration)} of load"));
    }

    private static (double From, double To) ReadRange(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length != 2
            || !double.TryParse(ends[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double from)
            || !double.TryParse(ends[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double to)
            || from < 1 || to < from || to > 100_000)
        {
            throw new UsageException(FaultCode.Value, $"--rate: '{text}' is not a value that it takes", "two rates from 1 to 100000, such as 100..20000");
        }

        return (from, to);
    }
}
