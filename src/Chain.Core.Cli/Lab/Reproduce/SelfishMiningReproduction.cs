namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>Revenue of selfish mining over α for γ near 0, ½ and 1.</summary>
internal sealed class SelfishMiningReproduction : IReproduction
{
    private const int BlocksAtEffortOne = 4_000;

    private static readonly double[] Gammas = [0, 0.5, 1];
    private static readonly double[] Alphas = [0.10, 0.20, 0.30, 0.40, 0.45];

    public string Name => "selfish-mining";

    public string Header => "| γ | α | blocks | revenue, closed form | revenue, simulated | difference | sampling error (2σ) | honest would get |\n|---|---|---|---|---|---|---|---|";

    public IReadOnlyList<Func<CancellationToken, string>> Rows(int effort) =>
    [
        .. Gammas.SelectMany(gamma => Alphas.Select(alpha => Row(gamma, alpha, BlocksAtEffortOne * effort))),
    ];

    private static Func<CancellationToken, string> Row(double wanted, double alpha, int blocks) => cancelled =>
    {
        int near = SelfishMining.NearFor(wanted);
        double gamma = SelfishMining.GammaOf(near);
        double expected = SelfishMining.Revenue(alpha, gamma);
        double found = SelfishMining.Simulate(alpha, near, blocks, seed: (ulong)((alpha * 100) + (near * 1000)), cancelled);
        return FormattableString.Invariant($"| {gamma:0.0000} | {alpha:0.00} | {blocks} | {100 * expected:0.00} % | {100 * found:0.00} % | {100 * (found - expected):+0.00;-0.00} | ± {200 * SelfishMining.Deviation(alpha, gamma, blocks):0.00} | {100 * alpha:0} % |");
    };
}
