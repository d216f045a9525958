namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>How often chance alone deviates as far as was seen.</summary>
internal static class Chance
{
    /// <summary>The probability that χ² is greater.</summary>
    /// <param name="value">The sum of squares of deviations in units of σ.</param>
    /// <param name="degrees">How many deviations; positive.</param>
    public static double OfChiSquare(double value, int degrees)
    {
        double half = value / 2;
        bool isOdd = degrees % 2 == 1;
        double tail = isOdd ? OfNormal(Math.Sqrt(value)) : Math.Exp(-half);
        double term = isOdd ? Math.Sqrt(half / Math.PI) * 2 * Math.Exp(-half) : half * Math.Exp(-half);
        for (double shape = isOdd ? 1.5 : 2; shape <= degrees / 2.0; shape++)
        {
            tail += term; // Q(a + 1, x) = Q(a, x) + x^a e^−x / Γ(a + 1)
            term *= half / shape;
        }

        return tail;
    }

    /// <summary>The probability that the greatest of so many deviations is greater.</summary>
    /// <param name="deviation">In units of σ.</param>
    /// <param name="rows">How many there are.</param>
    public static double OfGreatest(double deviation, int rows) => 1 - Math.Pow(1 - OfNormal(Math.Abs(deviation)), rows);

    /// <summary>What the deviations of all rows say, in a sentence.</summary>
    public static string Describe(IReadOnlyList<ReproducedRow> rows)
    {
        double square = rows.Sum(static row => row.Measure * row.Measure);
        double greatest = rows.Max(static row => Math.Abs(row.Measure));
        return FormattableString.Invariant(
            $"χ² = {square:0.0} over {rows.Count} rows, which chance exceeds in {100 * OfChiSquare(square, rows.Count):0} % of all tries; the greatest deviation is {greatest:0.0}σ, which the greatest of {rows.Count} exceeds in {100 * OfGreatest(greatest, rows.Count):0} %.");
    }

    /// <summary>The probability of more than so many σ, to either side.</summary>
    private static double OfNormal(double deviation)
    {
        if (deviation > 8)
        {
            return 0;
        }

        double inside = 0;
        double term = deviation;
        for (int odd = 3; term > 1e-18; odd += 2)
        {
            inside += term;
            term *= deviation * deviation / odd;
        }

        return 1 - (inside * Math.Sqrt(2 / Math.PI) * Math.Exp(-deviation * deviation / 2));
    }
}
