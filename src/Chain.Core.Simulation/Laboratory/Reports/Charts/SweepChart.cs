namespace Chain.Core.Simulation.Laboratory;

/// <summary>A figure of each engine against the rate that was offered.</summary>
internal static class SweepChart
{
    public static string Draw(RateSweep sweep, string label, string unit, Func<EngineRuns, double?> figure)
    {
        IReadOnlyList<string> engines = sweep.Engines;
        (double Rate, double Value)[][] lines =
        [
            .. engines.Select(engine => sweep.Of(engine).Select(each => (each.Rate, Value: figure(each.Runs))).Where(static each => each.Value is not null).Select(static each => (each.Rate, each.Value!.Value)).ToArray()),
        ];
        (double Rate, double Value)[] all = [.. lines.SelectMany(static line => line)];
        if (all.Length == 0)
        {
            return "";
        }

        var plot = new Plot(
            label,
            Axis.Logarithmic(sweep.Points[0].Scenario.Load.Rate, sweep.Points[^1].Scenario.Load.Rate),
            "tx/s offered",
            Axis.Linear(all.Max(static each => each.Value)),
            unit);
        for (int i = 0; i < engines.Count; i++)
        {
            plot.Line(lines[i], i);
            foreach ((double rate, double value) in lines[i])
            {
                bool isLost = !sweep.KeepsUp(engines[i], rate);
                plot.Dot(rate, value, i, isLost, FormattableString.Invariant($"{engines[i]}: {value:0.##} {unit} at {rate:0} tx/s offered{(isLost ? ", does not keep up" : "")}"));
            }
        }

        return plot.Finish();
    }
}
