namespace Chain.Core.Simulation.Laboratory;

/// <summary>How long a comparison's transactions took until they were included (dashed) and final, as a picture in SVG.</summary>
public static class LatencySvg
{
    /// <summary>Draws the picture; null where no transaction was included.</summary>
    public static string? Write(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return LatencyChart.DrawAlone(comparison);
    }
}
