using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Sweep;

/// <summary><c>chain lab sweep</c>: the same scenario at growing rates, up to the knee and beyond.</summary>
internal static class SweepVerb
{
    /// <summary>An engine keeps up while so much of what is offered is committed.</summary>
    private const double KeptUp = 0.95;

    public static Command Create(TextWriter output)
    {
        var command = new Command("sweep", "Runs a scenario at growing rates and names the knee: the highest rate that each engine keeps up with.");
        var scenario = new ScenarioOptions();
        var range = new Option<string>("--rates") { Description = "from..to in transactions a second, each step twice the one before", DefaultValueFactory = static _ => "50..800" };
        var jobs = new Option<int>("--jobs", "-j") { Description = "runs at a time", DefaultValueFactory = static _ => Environment.ProcessorCount };
        scenario.AddTo(command);
        command.Options.Add(range);
        command.Options.Add(jobs);
        command.SetAction(async (parsed, cancelled) =>
        {
            var shelf = new EngineShelf();
            Scenario asked = scenario.Read(parsed, shelf);
            double[] rates = ReadRange(parsed.GetValue(range)!);
            var knees = new SortedDictionary<string, double>(StringComparer.Ordinal);
            foreach (double rate in rates)
            {
                Comparison comparison = await RunVerb.RunAsync(asked.WithRate(rate), shelf, parsed.GetValue(jobs), output, cancelled);
                foreach (EngineRuns engine in comparison.Engines)
                {
                    Tell(engine, rate, knees, output);
                }
            }

            foreach (EngineChoice engine in asked.Engines)
            {
                output.WriteLine(knees.TryGetValue(engine.ToString(), out double knee)
                    ? string.Create(CultureInfo.InvariantCulture, $" {engine}: keeps up with {knee:0} tx/s{(knee >= rates[^1] ? ", the highest rate that was tried" : "")}")
                    : $" {engine}: keeps up with none of the rates");
            }

            return 0;
        });
        return command;
    }

    private static void Tell(EngineRuns engine, double rate, SortedDictionary<string, double> knees, TextWriter output)
    {
        double committed = engine.Of(FigureCatalog.Find("committed_tps"))?.Mean ?? 0;
        string latency = engine.Of(FigureCatalog.Find("finality_p50")) is { } final ? string.Create(CultureInfo.InvariantCulture, $"{final.Mean:0.00} s") : "–";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {engine.Name,-8} {rate,8:0} offered {committed,8:0} committed   final p50 {latency}"));
        if (committed >= KeptUp * rate)
        {
            knees[engine.Name] = rate;
        }
    }

    private static double[] ReadRange(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length != 2
            || !double.TryParse(ends[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double from)
            || !double.TryParse(ends[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double to)
            || from < 1 || to < from || to > 100_000)
        {
            throw new UsageException(FaultCode.Value, $"--rates: '{text}' is not a value that it takes", "two rates from 1 to 100000, such as 100..20000");
        }

        var rates = new List<double>();
        for (double rate = from; rate < to; rate *= 2)
        {
            rates.Add(rate);
        }

        return [.. rates, to];
    }
}
