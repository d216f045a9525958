using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>How long a block takes to the nodes of a random graph, against its size and degree: hops grow like log N / log degree.</summary>
internal sealed class DegreeReproduction : IReproduction
{
    private const int Largest = 1000;

    private static readonly int[] Sizes = [100, 300, Largest];
    private static readonly int[] Degrees = [2, 4, 8, 16];

    public string Name => "degree";

    public string Header => "| nodes | connections opened | blocks | at 50 % of nodes | at 90 % | at 99 % | 99 % / (log N / log 2d) |\n|---|---|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, string>> Rows(int effort) =>
    [
        .. Sizes.SelectMany(nodes => Degrees.Select(degree => Row(nodes, degree, effort))),
    ];

    private static Func<CancellationToken, string> Row(int nodes, int degree, int effort) => cancelled =>
    {
        var scenario = new Scenario
        {
            Name = "degree",
            Engines = [new EngineChoice("pow") { Options = new Dictionary<string, string> { ["rebuild"] = "24h", ["confirmations"] = "1" } }],
            Nodes = nodes,
            Producers = int.Min(nodes, 20),
            Network = new NetworkPlan { Latency = TimeSpan.FromMilliseconds(50), Jitter = TimeSpan.FromMilliseconds(10), Topology = TopologyRule.Random, Degree = degree },
            Load = new LoadPlan { Rate = 0 },
            Warmup = TimeSpan.FromSeconds(20),
            Duration = TimeSpan.FromSeconds(200 * effort),
            Drain = TimeSpan.Zero,
            EncodesMessages = false,
            ChargesProcessor = false,
        };
        RunMeasures run = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), seed: 1, null, cancelled: cancelled).Measures;
        double hops = Math.Log(nodes) / Math.Log(2 * degree);
        double last = Percentile.Of(run.SpreadTo99, 50) ?? double.NaN;
        return FormattableString.Invariant($"| {nodes} | {degree} | {run.ChainBlocks} | {1000 * (Percentile.Of(run.SpreadTo50, 50) ?? double.NaN):0} ms | {1000 * (Percentile.Of(run.SpreadTo90, 50) ?? double.NaN):0} ms | {1000 * last:0} ms | {1000 * last / hops:0} ms |");
    };
}
