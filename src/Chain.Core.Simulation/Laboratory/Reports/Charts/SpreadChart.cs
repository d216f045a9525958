namespace Chain.Core.Simulation.Laboratory;

/// <summary>How long a block takes to a part of the nodes: the median over blocks, and the 95th percentile behind it.</summary>
internal static class SpreadChart
{
    private static readonly (string Name, Func<RunMeasures, IReadOnlyList<double>> Of)[] Parts =
    [
        ("50 %", static run => run.SpreadTo50),
        ("90 %", static run => run.SpreadTo90),
        ("99 %", static run => run.SpreadTo99),
    ];

    public static string Draw(Comparison comparison)
    {
        int engines = comparison.Engines.Count;
        double max = comparison.Engines.SelectMany(static engine => Parts.Select(part => Percentile.Of(engine.Pool(part.Of), 95) ?? 0)).DefaultIfEmpty(0).Max() * 1000;
        if (max <= 0)
        {
            return "";
        }

        var plot = new Plot("Propagation of blocks", Axis.Slots(Parts.Select(static part => part.Name)), "part of the nodes that has the block", Axis.Linear(max), "ms since it was made");
        for (int part = 0; part < Parts.Length; part++)
        {
            for (int i = 0; i < engines; i++)
            {
                IReadOnlyList<double> samples = comparison.Engines[i].Pool(Parts[part].Of);
                if (Percentile.Of(samples, 50) is { } median && Percentile.Of(samples, 95) is { } late)
                {
                    double from = part + 0.12 + (0.76 * i / engines);
                    double to = from + (0.76 / engines);
                    string name = comparison.Engines[i].Name;
                    plot.Bar(from, to, late * 1000, i, FormattableString.Invariant($"{name}: 95 % of blocks within {late * 1000:0} ms"), isFaint: true);
                    plot.Bar(from, to, median * 1000, i, FormattableString.Invariant($"{name}: median {median * 1000:0} ms"));
                }
            }
        }

        return plot.Finish();
    }
}
