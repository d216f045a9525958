namespace Chain.Core.Simulation.Laboratory;

/// <summary>One scenario at several rates, and the knee of each engine: the highest rate that it keeps up with.</summary>
public sealed class RateSweep
{
    /// <summary>An engine keeps up while so much of what users wanted to send is committed: chance makes that more or less than the rate.</summary>
    private const double KeptUp = 0.95;

    /// <summary>How many rates lie between the highest that is kept up with and the next one, where a search goes on.</summary>
    private const int StepsBetween = 2;

    /// <summary>A sweep of these points, by rate. Not every engine has to be in each, nor have all to last equally long.</summary>
    public RateSweep(IEnumerable<Comparison> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Comparison[] given = [.. points];
        Engines = [.. given.SelectMany(static point => point.Engines).Select(static engine => engine.Name).Distinct()];
        Points = [.. given.OrderBy(static point => point.Scenario.Load.Rate)];
    }

    /// <summary>The engines, in the order in which they first came.</summary>
    public IReadOnlyList<string> Engines { get; }

    /// <summary>What came out at each rate, ascending.</summary>
    public IReadOnlyList<Comparison> Points { get; }

    /// <summary>Transactions a second that an engine committed in the second half of the load, the mean over seeds; 0 where none were.</summary>
    public static double Committed(EngineRuns engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine.Of(FigureCatalog.Find("steady_tps"))?.Mean ?? 0;
    }

    /// <summary>Transactions a second that users wanted to send, those that wallets held back included, the mean over seeds.</summary>
    public double Offered(EngineRuns engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Comparison point = Points.First(each => each.Engines.Contains(engine));
        return engine.Runs.Average(static run => (double)run.Measures.Sent + run.Measures.HeldBack) / point.Scenario.Duration.TotalSeconds;
    }

    /// <summary>What each engine committed at each rate that was offered, ascending.</summary>
    public IReadOnlyList<(double Rate, EngineRuns Runs)> Of(string engine) =>
        [.. Points.SelectMany(point => point.Engines.Where(each => each.Name == engine).Select(each => (point.Scenario.Load.Rate, each)))];

    /// <summary>Whether an engine commits what is offered at a rate that was tried.</summary>
    public bool KeepsUp(string engine, double rate) => Of(engine).Any(each => each.Rate == rate && Committed(each.Runs) >= KeptUp * Offered(each.Runs));

    /// <summary>The highest rate that an engine kept up with before the first that it did not; null where it kept up with none.</summary>
    public double? Knee(string engine) => Of(engine).TakeWhile(each => KeepsUp(engine, each.Rate)).Select(static each => (double?)each.Rate).LastOrDefault();

    /// <summary>Rates, evenly by ratio, between the knee and the next rate that was tried; none where there is no such rate, or none between.</summary>
    public IReadOnlyList<double> RatesAroundKnee(string engine)
    {
        if (Knee(engine) is not { } knee || Of(engine).FirstOrDefault(each => each.Rate > knee) is not { Runs: not null } next)
        {
            return [];
        }

        return
        [
            .. Enumerable.Range(1, StepsBetween)
                .Select(step => Math.Round(knee * Math.Pow(next.Rate / knee, step / (StepsBetween + 1.0))))
                .Where(rate => rate > knee && rate < next.Rate).Distinct(),
        ];
    }

    /// <summary>The knee in a line.</summary>
    public string DescribeKnee(string engine)
    {
        if (Knee(engine) is not { } knee)
        {
            return $"{engine}: keeps up with none of the rates";
        }

        (double rate, EngineRuns? runs) = Of(engine).FirstOrDefault(each => each.Rate > knee);
        return runs is null
            ? FormattableString.Invariant($"{engine}: keeps up with {knee:0} tx/s, the highest rate that was tried")
            : FormattableString.Invariant($"{engine}: the knee is at {knee:0} tx/s; of {Offered(runs):0} offered at the next rate, {rate:0}, it commits {Committed(runs):0}");
    }
}
