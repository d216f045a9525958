using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Compare;

/// <summary>A figure of one engine in two results.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Old">The mean over seeds in the first.</param>
/// <param name="New">The mean over seeds in the second.</param>
internal sealed record FigureChange(string Engine, Figure Figure, Estimate Old, Estimate New)
{
    /// <summary>
    /// Whether the confidence intervals are apart. Where a result has one seed there is no interval, and any change of a
    /// deterministic run is one.
    /// </summary>
    public bool IsBeyondNoise => Math.Abs(Old.Mean - New.Mean) > (Old.HalfWidth ?? 0) + (New.HalfWidth ?? 0);

    public bool IsWorse => Figure.Better != 0 && Math.Sign(New.Mean - Old.Mean) == -Figure.Better;

    /// <summary>All figures that both results have.</summary>
    public static IReadOnlyList<FigureChange> Between(RunManifest old, RunManifest newer) =>
    [
        .. old.Runs.Select(static run => run.Engine.ToString()).Distinct()
            .SelectMany(engine => FigureCatalog.All.Select(figure => (engine, figure, Of(old, engine, figure), Of(newer, engine, figure))))
            .Where(static each => each.Item3 is not null && each.Item4 is not null)
            .Select(static each => new FigureChange(each.engine, each.figure, each.Item3!.Value, each.Item4!.Value)),
    ];

    private static Estimate? Of(RunManifest manifest, string engine, Figure figure) =>
        Estimate.Of(manifest.Runs.Where(run => run.Engine.ToString() == engine && run.Figures.ContainsKey(figure.Key)).Select(run => run.Figures[figure.Key]));
}
