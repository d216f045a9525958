namespace Chain.Core.Simulation.Laboratory;

/// <summary>A comparison as one page without scripts.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    public static string Write(Comparison comparison) => SummaryMarkdown.Write(comparison);
}
