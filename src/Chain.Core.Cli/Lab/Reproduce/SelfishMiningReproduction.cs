namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>Revenue of selfish mining over α for γ = 0, ½ and 1.</summary>
internal sealed class SelfishMiningReproduction : IReproduction
{
    private const int BlocksAtEffortOne = 4_000;

    /// <summary>From this effort on a row has so many blocks that one point is 3σ, and more in proportion to what is above it.</summary>
    private const int EffortForOnePoint = 100;

    private static readonly double[] Gammas = [0, 0.5, 1];
    private static readonly double[] Alphas = [0.10, 0.20, 0.30, 0.40, 0.45];

    public string Name => "selfish-mining";

    public string Header => "| γ | α | blocks | closed form | simulated | difference | sampling error (2σ) | the paper's states, same finders | honest would get |\n|---|---|---|---|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, ReproducedRow>> Rows(int effort) =>
    [
        .. Gammas.SelectMany(gamma => Alphas.Select(alpha => Row(gamma, alpha, effort))),
    ];

    public string Summarize(IReadOnlyList<ReproducedRow> rows) => Chance.Describe(rows);

    private static Func<CancellationToken, ReproducedRow> Row(double gamma, double alpha, int effort) => cancelled =>
    {
        int enough = int.Max(BlocksAtEffortOne, SelfishMining.BlocksForOnePoint(alpha, gamma));
        int blocks = effort < EffortForOnePoint ? int.Min(BlocksAtEffortOne * effort, enough) : (int)((long)enough * effort / EffortForOnePoint);
        double expected = SelfishMining.Revenue(alpha, gamma);
        (double found, double states) = SelfishMining.Simulate(alpha, gamma, blocks, seed: (ulong)((alpha * 100_000) + (gamma * 20_000_000)), cancelled);
        double deviation = SelfishMining.Deviation(alpha, gamma, blocks);
        string line = FormattableString.Invariant($"| {gamma:0.0} | {alpha:0.00} | {blocks} | {100 * expected:0.00} % | {100 * found:0.00} % | {100 * (found - expected):+0.00;-0.00} | ± {200 * deviation:0.00} | {100 * states:0.00} % | {100 * alpha:0} % |");
        return new ReproducedRow(line, (found - expected) / deviation);
    };
}
