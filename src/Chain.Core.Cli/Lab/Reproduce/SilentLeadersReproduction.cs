using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>
/// How many views in a row have no block when f of n leaders are silent: geometric, because every view draws its leader anew.
/// </summary>
internal sealed class SilentLeadersReproduction : IReproduction
{
    private const int Nodes = 16;
    private const int Shown = 4;

    private static readonly int[] Silent = [0, 1, 3, 5];

    public string Name => "silent-leaders";

    public string Header => "| silent | blocks | empty views, expected | simulated | empty views between two blocks: 0, 1, 2, 3 (expected → simulated) |\n|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, ReproducedRow>> Rows(int effort) => [.. Silent.Select(silent => Row(silent, effort))];

    private static Func<CancellationToken, ReproducedRow> Row(int silent, int effort) => cancelled =>
    {
        var duration = TimeSpan.FromSeconds(120 * effort);
        var scenario = new Scenario
        {
            Name = "silent-leaders",
            Engines = [new EngineChoice("pos") { Options = new Dictionary<string, string> { ["timeout"] = "500ms" } }],
            Nodes = Nodes,
            Network = new NetworkPlan { Latency = TimeSpan.FromMilliseconds(50) },
            Load = new LoadPlan { Rate = 0 },
            Faults = silent == 0 ? [] : [new FaultPlan { Kind = FaultKind.Silence, At = TimeSpan.Zero, For = duration, Percent = ((silent * 100) + Nodes - 1) / Nodes }],
            Duration = duration,
            Drain = TimeSpan.Zero,
        };
        RunMeasures run = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfStakeEngineEntry(), seed: 1, null, cancelled: cancelled).Measures;
        double part = silent / (double)Nodes;
        double all = double.Max(1, run.ViewGaps.Sum());
        string gaps = string.Join(", ", Enumerable.Range(0, Shown).Select(skipped => FormattableString.Invariant(
            $"{100 * (1 - part) * Math.Pow(part, skipped):0.0} → {100 * (skipped < run.ViewGaps.Count ? run.ViewGaps[skipped] : 0) / all:0.0}")));
        return new ReproducedRow(FormattableString.Invariant($"| {silent} of {Nodes} | {run.ChainBlocks} | {100 * part:0.0} % | {100 * (run.EmptyViews ?? 0):0.0} % | {gaps} % |"));
    };
}
