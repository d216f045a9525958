namespace Chain.Core.Simulation.Laboratory;

/// <summary>How hash power or stake is spread over the nodes that make blocks.</summary>
public sealed record PowerPlan
{
    /// <summary>What all shares add up to.</summary>
    private const ulong Whole = 1_000_000;

    /// <summary>The rule.</summary>
    /// <value>Equal shares by default.</value>
    public PowerRule Rule { get; init; }

    /// <summary>The shares in any unit, the first for the first node; the last is repeated for the nodes beyond the list.</summary>
    /// <value>None by default; needed where the rule is <see cref="PowerRule.Listed"/>.</value>
    public IReadOnlyList<double> Shares { get; init; } = [];

    /// <summary>The shares of so many nodes in whole parts of about a million, each at least one.</summary>
    public ulong[] Spread(int producers)
    {
        double[] weights = [.. Enumerable.Range(0, producers).Select(WeightOf)];
        double sum = weights.Sum();
        return [.. weights.Select(weight => ulong.Max(1, (ulong)Math.Round(weight / sum * Whole)))];
    }

    private double WeightOf(int index) => Rule switch
    {
        PowerRule.Zipf => 1.0 / (index + 1),
        PowerRule.Listed => Shares[int.Min(index, Shares.Count - 1)],
        _ => 1.0,
    };
}
