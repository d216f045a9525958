using System.Globalization;
using Chain.Core.Simulation.Laboratory;
using Spectre.Console;

namespace Chain.Core.Cli.Lab.Run;

/// <summary>A comparison as a table on the terminal.</summary>
internal static class ResultTable
{
    /// <summary>Wide enough for every row: a terminal that is narrower breaks lines itself.</summary>
    private const int Width = 500;

    public static void Print(Comparison comparison, TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected ? AnsiSupport.Detect : AnsiSupport.No,
        });
        console.Profile.Width = Width;
        output.WriteLine($" CONFIG   {comparison.Describe()}");
        var table = new Table { Border = TableBorder.None };
        foreach (string title in (string[])[" RESULTS", "tx/s", "final tx/s", "inclusion p50/p95/p99", "final p50/p95/p99", "stale/views", "block at 50/90/99 %", "bytes/tx", "safe", "live", "digest"])
        {
            table.AddColumn(new TableColumn(title) { NoWrap = true });
        }

        foreach (EngineRuns engine in comparison.Engines)
        {
            table.AddRow([.. Cells(engine).Select(static cell => new Text(cell))]);
        }

        console.Write(table);
        PrintVerdicts(comparison, output);
    }

    private static IEnumerable<string> Cells(EngineRuns engine)
    {
        yield return $"  {engine.Name}";
        yield return Cell(engine, "committed_tps");
        yield return Cell(engine, "final_tps");
        yield return $"{Cell(engine, "inclusion_p50")}/{Cell(engine, "inclusion_p95")}/{Cell(engine, "inclusion_p99")} s";
        yield return $"{Cell(engine, "finality_p50")}/{Cell(engine, "finality_p95")}/{Cell(engine, "finality_p99")} s";
        yield return engine.Of(FigureCatalog.Find("empty_views")) is { } views
            ? string.Create(CultureInfo.InvariantCulture, $"{Cell(engine, "stale")} % / {views.Mean:0.0} %")
            : $"{Cell(engine, "stale")} %";
        yield return $"{Cell(engine, "spread_50")}/{Cell(engine, "spread_90")}/{Cell(engine, "spread_99")} s";
        yield return Cell(engine, "bytes_per_tx");
        yield return Verdict(engine, static run => run.SafetyFault is null);
        yield return Verdict(engine, static run => run.LivenessFault is null);
        yield return engine.ShortDigest() + "…";
    }

    /// <summary>The mean; with a sign where some seeds have no value because theirs is beyond what was measured.</summary>
    private static string Cell(EngineRuns engine, string key)
    {
        Figure figure = FigureCatalog.Find(key);
        string more = key.Contains("_p", StringComparison.Ordinal) && engine.IsPartlyMissing(figure) ? ">" : "";
        return engine.Of(figure) is { } estimate ? more + Short(estimate.Mean) : "–";
    }

    private static string Short(double value) => value switch
    {
        >= 100 or 0 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.01 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string Verdict(EngineRuns engine, Func<RunMeasures, bool> holds)
    {
        int held = engine.Runs.Count(run => holds(run.Measures));
        return held == engine.Runs.Count ? "yes" : string.Create(CultureInfo.InvariantCulture, $"{held} of {engine.Runs.Count}");
    }

    private static void PrintVerdicts(Comparison comparison, TextWriter output)
    {
        foreach (string fault in comparison.Runs.Select(static run => run.DescribeFault()).OfType<string>())
        {
            output.WriteLine($"  {fault}");
        }
    }
}
