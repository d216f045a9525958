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
}
