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
        string name = string.Create(CultureInfo.InvariantCulture, $"{comparison.Scenario.Name}-{made.UtcDateTime:yyyyMMdd-HHmmss}");
        string folder = Path.Combine(under, name);
        for (int i = 2; Directory.Exists(folder); i++)
        {
            folder = Path.Combine(under, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"));
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "report.html"), HtmlReport.Write(comparison));
        File.WriteAllText(Path.Combine(folder, "summary.md"), SummaryMarkdown.Write(comparison));
        File.WriteAllText(Path.Combine(folder, "runs.csv"), RunsCsv.Write(comparison));
        File.WriteAllText(Path.Combine(folder, Manifest), ManifestJson.Write(ManifestJson.Create(comparison, made, shelf.Assemblies)));
        return folder;
    }
}
