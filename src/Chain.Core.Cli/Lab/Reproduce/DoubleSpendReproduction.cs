namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>Double spends against confirmations, for three attackers.</summary>
internal sealed class DoubleSpendReproduction : IReproduction
{
    private const int AttemptsAtEffortOne = 500;

    private static readonly double[] Shares = [0.1, 0.2, 0.3];
    private static readonly int[] Confirmations = [1, 2, 3, 6];

    public string Name => "double-spend";

    public string Header => "| q | confirmations | attempts | Rosenfeld 2014 | simulated | sampling error (2σ) | Nakamoto 2008 |\n|---|---|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, ReproducedRow>> Rows(int effort) =>
    [
        .. Shares.SelectMany(q => Confirmations.Select(n => Row(q, n, AttemptsAtEffortOne * effort))),
    ];

    public string Summarize(IReadOnlyList<ReproducedRow> rows) => Chance.Describe(rows);

    private static Func<CancellationToken, ReproducedRow> Row(double q, int n, int attempts) => cancelled =>
    {
        (int tried, int succeeded, _) = DoubleSpend.Simulate(q, n, attempts, seed: (ulong)((q * 100) + (n * 1000)), cancelled);
        double expected = DoubleSpend.Rosenfeld(q, n);
        double error = 2 * Math.Sqrt(expected * (1 - expected) / tried);
        string line = FormattableString.Invariant($"| {q:0.0} | {n} | {tried} | {100 * expected:0.00} % | {100.0 * succeeded / tried:0.00} % | ± {100 * error:0.00} | {100 * DoubleSpend.Nakamoto(q, n):0.00} % |");
        return new ReproducedRow(line, 2 * ((succeeded / (double)tried) - expected) / error);
    };
}
