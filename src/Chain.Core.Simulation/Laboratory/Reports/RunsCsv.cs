using System.Globalization;
using System.Text;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>All runs as comma-separated values, one line a run.</summary>
public static class RunsCsv
{
    /// <summary>Writes the runs; a figure that a run lacks is empty.</summary>
    public static string Write(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder("engine,seed,digest,events,simulated_s,took_s");
        foreach (Figure figure in FigureCatalog.All)
        {
            text.Append(',').Append(figure.Key);
        }

        text.Append('\n');
        foreach (RunResult run in comparison.Runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Quoted(run.Engine.ToString())},{run.Seed},{run.Digest},{run.Events},{run.Simulated.TotalSeconds},{run.Took.TotalSeconds}");
            foreach (Figure figure in FigureCatalog.All)
            {
                text.Append(',').Append(figure.Of(run.Measures)?.ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Quoted(string text) => text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
