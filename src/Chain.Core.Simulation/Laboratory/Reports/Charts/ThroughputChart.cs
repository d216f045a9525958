namespace Chain.Core.Simulation.Laboratory;

/// <summary>Transactions that became final over time, of the first seed of each engine.</summary>
internal static class ThroughputChart
{
    public static string Draw(Comparison comparison)
    {
        double max = comparison.Engines.SelectMany(static engine => engine.Runs[0].Measures.FinalOverTime).Select(static point => point.Rate).DefaultIfEmpty(0).Max();
        double end = comparison.Engines.SelectMany(static engine => engine.Runs[0].Measures.FinalOverTime).Select(static point => point.Second).DefaultIfEmpty(0).Max();
        if (max <= 0)
        {
            return "";
        }

        var plot = new Plot("Throughput over time", Axis.Linear(end), "seconds since the load began", Axis.Linear(max), "tx/s that became final");
        for (int i = 0; i < comparison.Engines.Count; i++)
        {
            plot.Line(comparison.Engines[i].Runs[0].Measures.FinalOverTime, i);
        }

        return plot.Finish();
    }
}
