using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Cluster;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Sweep;

/// <summary><c>chain lab sweep</c>: the same scenario at growing rates, up to the knee and beyond, and then around it.</summary>
internal static class SweepVerb
{
    /// <summary>Rates that are run side by side; a number of its own, so that the rates tried are the same on every machine.</summary>
    private const int AtATime = 2;

    public static Command Create(TextWriter output)
    {
        var command = new Command("sweep", "Runs a scenario at growing rates and finds the knee: the highest rate that each engine keeps up with.");
        var scenario = new ScenarioOptions(takesRate: false);
        var range = new Option<string>("--rate", "-r", "--rates") { Description = "from..to in transactions a second; steps double until no engine keeps up, then close in on each knee", DefaultValueFactory = static _ => "50..800" };
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
            double[] rates = ReadRange(parsed.GetValue(range)!);
            await using LabWork begun = await work.BeginAsync(parsed, shelf.Engines, output, cancelled);
            RateSweep sweep = await RunAsync(asked, rates, begun.Runner, output, cancelled);
            foreach (EngineChoice engine in asked.Engines)
            {
                output.WriteLine($" {sweep.DescribeKnee(engine.ToString())}");
            }

            if (!parsed.GetValue(noFiles))
            {
                string written = ResultFolder.Write(sweep, parsed.GetValue(folder)!, DateTimeOffset.UtcNow);
                output.WriteLine($" → {written}{Path.DirectorySeparatorChar}{{report.html, sweep.csv}}");
            }

            return 0;
        });
        return command;
    }

    private static async Task<RateSweep> RunAsync(Scenario asked, double[] rates, ScenarioRunner runner, TextWriter output, CancellationToken cancelled)
    {
        var sweep = new RateSweep([]);
        foreach (double[] next in rates.Chunk(AtATime))
        {
            await TryAsync(next);
            if (asked.Engines.All(engine => !sweep.KeepsUp(engine.ToString(), next[^1])))
            {
                break;
            }
        }

        await TryAsync([.. asked.Engines.SelectMany(engine => sweep.RatesAroundKnee(engine.ToString())).Distinct().Order()]);
        return sweep;

        async Task TryAsync(double[] next)
        {
            IReadOnlyList<Comparison> points = await RunVerb.RunAsync([.. next.Select(asked.WithRate)], runner, output, cancelled);
            sweep = new RateSweep([.. sweep.Points, .. points]);
            foreach (EngineRuns engine in points.SelectMany(static point => point.Engines))
            {
                Tell(engine, sweep.Offered(engine), output);
            }
        }
    }

    private static void Tell(EngineRuns engine, double offered, TextWriter output)
    {
        double committed = RateSweep.Committed(engine);
        string latency = engine.Of(FigureCatalog.Find("finality_p50")) is { } final ? string.Create(CultureInfo.InvariantCulture, $"{final.Mean:0.00} s") : "–";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {engine.Name,-8} {offered,8:0} offered {committed,8:0} committed   final p50 {latency}"));
    }

    private static double[] ReadRange(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length != 2
            || !double.TryParse(ends[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double from)
            || !double.TryParse(ends[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double to)
            || from < 1 || to < from || to > 100_000)
        {
            throw new UsageException(FaultCode.Value, $"--rate: '{text}' is not a value that it takes", "two rates from 1 to 100000, such as 100..20000");
        }

        var rates = new List<double>();
        for (double rate = from; rate < to; rate *= 2)
        {
            rates.Add(rate);
        }

        return [.. rates, to];
    }
}
