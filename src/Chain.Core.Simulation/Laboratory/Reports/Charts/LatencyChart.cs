namespace Chain.Core.Simulation.Laboratory;

/// <summary>The distribution of the time until inclusion and finality, of all seeds together.</summary>
internal static class LatencyChart
{
    private const int Points = 100;
    private const double Least = 0.01;

    /// <summary>The chart for a page; empty where nothing was included.</summary>
    public static string Draw(Comparison comparison) => Plotted(comparison)?.Finish() ?? "";

    /// <summary>The chart as a file; null where nothing was included.</summary>
    public static string? DrawAlone(Comparison comparison) => Plotted(comparison)?.FinishAlone([.. comparison.Engines.Select(static engine => engine.Name)]);

    private static Plot? Plotted(Comparison comparison)
    {
        double[] all = [.. comparison.Runs.SelectMany(static run => run.Measures.Finality.Concat(run.Measures.Inclusion)).Select(static time => double.Max(time, Least))];
        if (all.Length == 0)
        {
            return null;
        }

        var plot = new Plot("Distribution of latency", Axis.Logarithmic(all.Min(), all.Max()), "seconds since handing in (logarithmic)", Axis.Linear(100), "% of transactions");
        for (int i = 0; i < comparison.Engines.Count; i++)
        {
            EngineRuns engine = comparison.Engines[i];
            int sent = engine.Runs.Sum(static run => run.Measures.Sent);
            plot.Line(Curve(engine.Pool(static run => run.Inclusion), sent), i, isDashed: true);
            plot.Line(Curve(engine.Pool(static run => run.Finality), sent), i);
        }

        return plot;
    }

    /// <summary>How many of a hundred are there by each time; those that never are, keep the curve below 100.</summary>
    private static IEnumerable<(double, double)> Curve(IReadOnlyList<double> ascending, int sent)
    {
        for (int i = 0; i <= Points && ascending.Count > 0; i++)
        {
            int rank = (int)((long)(ascending.Count - 1) * i / Points);
            yield return (double.Max(ascending[rank], Least), 100.0 * (rank + 1) / sent);
        }
    }
}
