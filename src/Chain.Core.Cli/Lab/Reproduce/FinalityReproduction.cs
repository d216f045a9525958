using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>Finality after three message delays and a block every two (Chan and Pass 2023), with full nodes.</summary>
internal sealed class FinalityReproduction : IReproduction
{
    private static readonly int[] Validators = [4, 7, 16];
    private static readonly int[] Milliseconds = [50, 100, 200];

    public string Name => "finality";

    public string Header => "| validators | δ | blocks | block time / δ | expected | made to final / δ, median | expected |\n|---|---|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, ReproducedRow>> Rows(int effort) =>
        [.. Validators.SelectMany(nodes => Milliseconds.Select(delay => Row(nodes, TimeSpan.FromMilliseconds(delay), effort)))];

    private static Func<CancellationToken, ReproducedRow> Row(int nodes, TimeSpan delay, int effort) => cancelled =>
    {
        var scenario = new Scenario
        {
            Name = "finality",
            Engines = [new EngineChoice("pos")],
            Nodes = nodes,
            Network = new NetworkPlan { Latency = delay, Jitter = TimeSpan.Zero },
            Load = new LoadPlan { Rate = 0 },
            Duration = delay * 200 * effort,
            Drain = TimeSpan.Zero,
        };
        RunMeasures run = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfStakeEngineEntry(), seed: 1, null, cancelled: cancelled).Measures;
        double interval = run.BlockInterval!.Value / delay.TotalSeconds;
        double final = Percentile.Of(run.BlockFinality, 50)!.Value / delay.TotalSeconds;
        return new ReproducedRow(FormattableString.Invariant($"| {nodes} | {delay.TotalMilliseconds:0} ms | {run.ChainBlocks} | {interval:0.000} | 2 | {final:0.000} | 3 |"));
    };
}
