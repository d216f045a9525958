namespace Chain.Core.Simulation.Laboratory;

/// <summary>A mean over seeds with its uncertainty.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">Half the width of the 95 % confidence interval by Student's t; null for a single seed.</param>
/// <param name="Count">How many seeds had the figure.</param>
public readonly record struct Estimate(double Mean, double? HalfWidth, int Count)
{
    /// <summary>Student's t at 97.5 % for 1 to 30 degrees of freedom.</summary>
    private static readonly double[] StudentT =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>The estimate from these samples; null where there are none.</summary>
    public static Estimate? Of(IEnumerable<double> samples)
    {
        double[] values = [.. samples];
        if (values.Length == 0)
        {
            return null;
        }

        double mean = values.Average();
        if (values.Length == 1)
        {
            return new Estimate(mean, null, 1);
        }

        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        double t = values.Length - 1 <= StudentT.Length ? StudentT[values.Length - 2] : 1.96;
        return new Estimate(mean, t * Math.Sqrt(variance / values.Length), values.Length);
    }
}
