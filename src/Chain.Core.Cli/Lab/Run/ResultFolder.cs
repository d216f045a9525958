using System.Globalization;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary>The files of a comparison.</summary>
internal static class ResultFolder
{
    public const string Manifest = "manifest.json";

    /// <summary>Writes the files into a new folder.</summary>
    /// <returns>The folder.</returns>
    public static string Write(Comparison comparison, EngineShelf shelf, string under, DateTimeOffset made)
    {
        string folder = Create(comparison.Scenario.Name, under, made);
        File.WriteAllText(Path.Combine(folder, "report.html"), HtmlReport.Write(comparison));
        File.WriteAllText(Path.Combine(folder, "summary.md"), SummaryMarkdown.Write(comparison));
        File.WriteAllText(Path.Combine(folder, "runs.csv"), RunsCsv.Write(comparison));
        if (LatencySvg.Write(comparison) is { } latencies)
        {
            File.WriteAllText(Path.Combine(folder, "latency.svg"), latencies);
        }

        File.WriteAllText(Path.Combine(folder, Manifest), ManifestJson.Write(ManifestJson.Create(comparison, made, shelf.Assemblies)));
        return folder;
    }

    /// <summary>Writes the files of a sweep into a new folder.</summary>
    /// <returns>The folder.</returns>
    public static string Write(RateSweep sweep, string under, DateTimeOffset made)
    {
        string folder = Create($"{sweep.Points[0].Scenario.Name}-sweep", under, made);
        File.WriteAllText(Path.Combine(folder, "report.html"), SweepReport.WriteHtml(sweep));
        File.WriteAllText(Path.Combine(folder, "sweep.csv"), SweepReport.WriteCsv(sweep));
        return folder;
    }

    private static string Create(string scenario, string under, DateTimeOffset made)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{scenario}-{made.UtcDateTime:yyyyMMdd-HHmmss}");
        string folder = Path.Combine(under, name);
        for (int i = 2; Directory.Exists(folder); i++)
        {
            folder = Path.Combine(under, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"));
        }

        Directory.CreateDirectory(folder);
        return folder;
    }
}
