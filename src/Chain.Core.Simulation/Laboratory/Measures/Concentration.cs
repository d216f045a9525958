namespace Chain.Core.Simulation.Laboratory;

/// <summary>How evenly blocks are spread over those who made them.</summary>
public static class Concentration
{
    /// <summary>The Gini coefficient: 0 where all have the same, near 1 where one has all. Null where there is nothing.</summary>
    public static double? Gini(IReadOnlyList<double> shares)
    {
        double[] sorted = [.. shares.Order()];
        double sum = sorted.Sum();
        if (sum <= 0)
        {
            return null;
        }

        double weighted = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            weighted += ((2.0 * (i + 1)) - sorted.Length - 1) * sorted[i];
        }

        return weighted / (sorted.Length * sum);
    }

    /// <summary>The fewest that have more than a part of all together (Srinivasan 2017). Null where there is nothing.</summary>
    public static int? Nakamoto(IReadOnlyList<double> shares, double controlShare)
    {
        double sum = shares.Sum();
        double together = 0;
        int count = 0;
        foreach (double share in shares.OrderDescending())
        {
            together += share;
            count++;
            if (together > controlShare * sum)
            {
                return sum > 0 ? count : null;
            }
        }

        return null;
    }

    /// <summary>Half the sum of what two lists of shares differ: 0 where they are the same, 1 where they have nothing in common.</summary>
    public static double? Distance(IReadOnlyList<(double Power, double Blocks)> shares) =>
        shares.Sum(static each => each.Blocks) > 0 ? shares.Sum(static each => Math.Abs(each.Power - each.Blocks)) / 2 : null;
}
