namespace Chain.Core.Simulation.Laboratory;

/// <summary>Percentiles of samples, by the nearest rank.</summary>
public static class Percentile
{
    /// <summary>The value that so many of a hundred samples do not exceed.</summary>
    /// <param name="ascending">The samples, ascending.</param>
    /// <param name="percent">0 to 100.</param>
    /// <param name="all">How many samples there would be with those that have no value, which count as greater than all.</param>
    /// <returns>Null where there are no samples, or the percentile is among those without a value.</returns>
    public static double? Of(IReadOnlyList<double> ascending, double percent, int? all = null)
    {
        ArgumentNullException.ThrowIfNull(ascending);
        int rank = int.Max(1, (int)Math.Ceiling(percent / 100 * (all ?? ascending.Count)));
        return rank <= ascending.Count ? ascending[rank - 1] : null;
    }
}
