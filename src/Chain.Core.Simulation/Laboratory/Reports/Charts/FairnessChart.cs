namespace Chain.Core.Simulation.Laboratory;

/// <summary>The share of blocks of each producer beside its share of power, over all seeds.</summary>
internal static class FairnessChart
{
    private const int MaxProducers = 24;

    public static string Draw(Comparison comparison)
    {
        int producers = int.Min(MaxProducers, comparison.Runs.Max(static run => run.Measures.Fairness.Count));
        double[][] blocks = [.. comparison.Engines.Select(engine => Shares(engine, producers))];
        double[] power = [.. comparison.Runs[0].Measures.Fairness.Take(producers).Select(static each => 100 * each.Power)];
        double max = blocks.SelectMany(static each => each).Concat(power).DefaultIfEmpty(0).Max();
        if (max <= 0)
        {
            return "";
        }

        var plot = new Plot("Blocks against power", Axis.Slots(Enumerable.Range(0, producers).Select(static i => FormattableString.Invariant($"n{i}"))), "producer (the line is its share of power)", Axis.Linear(max), "% of blocks");
        for (int producer = 0; producer < producers; producer++)
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                double from = producer + 0.1 + (0.8 * i / blocks.Length);
                plot.Bar(from, from + (0.8 / blocks.Length), blocks[i][producer], i, FormattableString.Invariant($"{comparison.Engines[i].Name}, n{producer}: {blocks[i][producer]:0.0} % of blocks, {power[producer]:0.0} % of power"));
            }

            plot.Mark(producer + 0.05, producer + 0.95, power[producer]);
        }

        return plot.Finish();
    }

    private static double[] Shares(EngineRuns engine, int producers) =>
        [.. Enumerable.Range(0, producers).Select(producer => 100 * engine.Runs.Average(run => run.Measures.Fairness[producer].Blocks))];
}
