namespace Chain.Core.Testing;

/// <summary>Whether something grows.</summary>
public static class Slope
{
    /// <summary>How much <c>Y</c> grows for each unit of <c>X</c>: the line with the least squares. 0 for fewer than two places.</summary>
    public static double Of(IReadOnlyCollection<(double X, double Y)> points)
    {
        if (points.Count < 2)
        {
            return 0;
        }

        double meanX = points.Average(static point => point.X);
        double meanY = points.Average(static point => point.Y);
        double spread = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        return spread == 0 ? 0 : points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
    }

    /// <summary>
    /// The same by the median over all pairs of places, which a few far off do not move: for what rises for a moment and falls again.
    /// </summary>
    public static double MedianOf(IReadOnlyList<(double X, double Y)> points)
    {
        var slopes = new List<double>();
        for (int i = 0; i < points.Count; i++)
        {
            for (int j = i + 1; j < points.Count; j++)
            {
                slopes.Add((points[j].Y - points[i].Y) / (points[j].X - points[i].X));
            }
        }

        slopes.Sort();
        return slopes.Count == 0 ? 0 : slopes[slopes.Count / 2];
    }
}
