using System.Globalization;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Gossip;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>How long a block takes to the nodes of a random graph, against its size and degree: hops grow like log N / log degree.</summary>
internal sealed class DegreeReproduction : IReproduction
{
    /// <summary>More connections do not find room in the memory of a small machine.</summary>
    private const int MaxConnections = 80_000;

    private static readonly int[] Sizes = [100, 300, 1_000, 3_000, 10_000];
    private static readonly int[] Degrees = [2, 4, 8, 16];

    public string Name => "degree";

    public string Header => "| nodes | connections opened | blocks | at 50 % of nodes | at 90 % | at 99 % | 99 % / (log N / log 2d) |\n|---|---|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, ReproducedRow>> Rows(int effort) =>
    [
        .. Points(effort).Select(point => Row(point.Nodes, point.Degree, TimeSpan.FromSeconds(double.Max(100, 20_000.0 * effort / point.Nodes)))),
    ];

    /// <summary>For each degree, the straight line through 99 % over the logarithm of the size, by least squares.</summary>
    public string Summarize(IReadOnlyList<ReproducedRow> rows) => string.Join('\n', rows.GroupBy(static row => row.Series).Where(static line => line.Count() > 2).Select(Fit));

    private static string Fit(IGrouping<string, ReproducedRow> line)
    {
        (double x, double y) = (line.Average(static row => row.At), line.Average(static row => row.Measure));
        double xx = line.Sum(row => (row.At - x) * (row.At - x));
        double yy = line.Sum(row => (row.Measure - y) * (row.Measure - y));
        double xy = line.Sum(row => (row.At - x) * (row.Measure - y));
        return FormattableString.Invariant(
            $"{line.Key} opened: 99 % after {1000 * (y - (x * xy / xx)):0} ms + {1000 * xy / xx:0} ms × ln N, r² = {xy * xy / (xx * yy):0.00} over {line.Count()} sizes");
    }

    /// <summary>Each size needs an effort of a thousandth of it.</summary>
    private static List<(int Nodes, int Degree)> Points(int effort) =>
    [
        .. Sizes.Where(nodes => nodes <= 1_000 * effort)
            .SelectMany(static nodes => Degrees.Select(degree => (nodes, degree)))
            .Where(static point => point.nodes * point.degree <= MaxConnections),
    ];

    private static Func<CancellationToken, ReproducedRow> Row(int nodes, int degree, TimeSpan duration) => cancelled =>
    {
        var scenario = new Scenario
        {
            Name = "degree",
            Engines = [new EngineChoice("pow") { Options = new Dictionary<string, string> { ["rebuild"] = "24h", ["confirmations"] = "1" } }],
            Nodes = nodes,
            Producers = int.Min(nodes, 20),
            Network = new NetworkPlan { Latency = TimeSpan.FromMilliseconds(50), Jitter = TimeSpan.FromMilliseconds(10), Topology = TopologyRule.Random, Degree = degree, Relay = BlockRelay.Announce },
            Load = new LoadPlan { Rate = 0 },
            Warmup = TimeSpan.FromSeconds(20),
            Duration = duration,
            Drain = TimeSpan.Zero,
            EncodesMessages = false,
            ChargesProcessor = false,
        };
        RunMeasures run = ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), seed: 1, null, cancelled: cancelled).Measures;
        double hops = Math.Log(nodes) / Math.Log(2 * degree);
        double last = Percentile.Of(run.SpreadTo99, 50) ?? double.NaN;
        string line = FormattableString.Invariant($"| {nodes} | {degree} | {run.ChainBlocks} | {1000 * (Percentile.Of(run.SpreadTo50, 50) ?? double.NaN):0} ms | {1000 * (Percentile.Of(run.SpreadTo90, 50) ?? double.NaN):0} ms | {1000 * last:0} ms | {1000 * last / hops:0} ms |");
        return new ReproducedRow(line, last, Math.Log(nodes), degree.ToString(CultureInfo.InvariantCulture));
    };
}
