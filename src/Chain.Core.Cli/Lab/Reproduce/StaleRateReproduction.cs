using System.Globalization;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>Stale blocks against their interval and size (Gervais et al. 2016), and what follows from delays (Decker and Wattenhofer 2013).</summary>
internal sealed class StaleRateReproduction : IReproduction
{
    private const int Nodes = 100;
    private const int BlocksAtEffortOne = 100;

    /// <summary>
    /// Block interval in seconds, bytes of a block, and what the authors' results (arthurgervais.github.io/Bitcoin-Simulator/results.html) give for
    /// it: median propagation in seconds and stale blocks in percent, for "standard" and "unsolicited" relay, and for the
    /// "relay network", which is the nearest that they have to compact blocks.
    /// </summary>
    private static readonly (double Interval, int Bytes, (double Median, double Stale) Standard, (double Median, double Stale) Unsolicited, (double Median, double Stale) RelayNetwork)[] Points =
    [
        (600, 534_800, (14.7, 1.51), (10.65, 0.13), (9.41, 0.14)),
        (150, 133_700, (4.18, 1.82), (2.91, 0.16), (2.60, 0.16)),
        (60, 53_480, (2.08, 2.15), (1.34, 0.35), (1.30, 0.25)),
        (30, 26_740, (1.43, 2.54), (0.84, 0.45), (0.84, 0.51)),
        (10, 8_913, (1.00, 4.77), (0.49, 1.73), (0.53, 1.41)),
        (5, 4_457, (0.89, 8.64), (0.40, 2.94), (0.45, 2.99)),
        (1, 891, (0.82, 26.74), (0.33, 12.44), (0.38, 12.59)),
        (600, 100_000, (3.18, 0.32), (2.12, 0.03), (2.02, 0.03)),
        (600, 250_000, (7.03, 0.88), (4.97, 0.10), (4.49, 0.05)),
        (600, 1_000_000, (27.67, 3.17), (20.1, 0.38), (17.24, 0.07)),
    ];

    public string Name => "stale-rate";

    public string Header => "| interval | block | bodies | blocks | median to a node, paper | ours | stale, paper | ours | sampling error (2σ) | by the delays |\n|---|---|---|---|---|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, ReproducedRow>> Rows(int effort) =>
    [
        .. Points.Select(point => Row(point.Interval, point.Bytes, RelayRule.Asked, point.Standard, effort)),
        .. Points.Select(point => Row(point.Interval, point.Bytes, RelayRule.Pushed, point.Unsolicited, effort)),
        .. Points.Select(point => Row(point.Interval, point.Bytes, RelayRule.Compact, point.RelayNetwork, effort)),
    ];

    private static Func<CancellationToken, ReproducedRow> Row(double interval, int bytes, RelayRule relay, (double Median, double Stale) paper, int effort) => cancelled =>
    {
        var world = new RelayWorld(Nodes, TimeSpan.FromSeconds(interval), BlockSize.Of(bytes), relay, seed: 1);
        world.Run(BlocksAtEffortOne * effort, cancelled);
        double stale = world.Stale / (double)world.Made;
        double error = 2 * Math.Sqrt(world.StaleByDelays * (1 - world.StaleByDelays) / world.Made);
        string size = bytes < 10_000 ? FormattableString.Invariant($"{bytes / 1000.0:0.0} kB") : FormattableString.Invariant($"{bytes / 1000.0:0} kB");
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"| {interval:0} s | {size} | {relay.Name} | {world.Made} | {paper.Median:0.00} s | {Percentile.Of(world.Delays, 50):0.00} s | {paper.Stale:0.00} % | {100 * stale:0.00} % | ± {100 * error:0.00} | {100 * world.StaleByDelays:0.00} % |");
        return new ReproducedRow(line);
    };
}
