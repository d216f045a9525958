using System.Text;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>A comparison as Markdown: what was run, all figures with their uncertainty, verdicts, and what was simulated.</summary>
public static class SummaryMarkdown
{
    /// <summary>Writes it.</summary>
    public static string Write(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder();
        text.Append("# ").Append(comparison.Scenario.Name).Append("\n\n");
        if (comparison.Scenario.Description.Length > 0)
        {
            text.Append(comparison.Scenario.Description).Append("\n\n");
        }

        text.Append(comparison.Describe()).Append(".\n\n");
        AppendTable(text, comparison);
        AppendVerdicts(text, comparison);
        AppendNotes(text, comparison);
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, Comparison comparison)
    {
        text.Append("| figure |").AppendJoin("|", comparison.Engines.Select(static engine => $" {engine.Name} ")).Append("|\n|---|");
        text.AppendJoin("|", comparison.Engines.Select(static _ => "---")).Append("|\n");
        foreach (Figure figure in FigureCatalog.All.Where(figure => comparison.Engines.Any(engine => engine.Of(figure) is not null)))
        {
            text.Append("| ").Append(figure.Title).Append(figure.Unit.Length > 0 ? $" ({figure.Unit})" : "").Append(" |");
            text.AppendJoin("|", comparison.Engines.Select(engine => $" {Numbers.Short(engine.Of(figure))} ")).Append("|\n");
        }

        text.Append("| digest |").AppendJoin("|", comparison.Engines.Select(static engine => $" `{engine.ShortDigest()}` ")).Append("|\n\n");
        text.Append("Means over seeds, with the half width of the 95 % confidence interval. Percentiles count transactions that never got there as later than all others.\n\n");
    }

    private static void AppendVerdicts(StringBuilder text, Comparison comparison)
    {
        foreach (string fault in comparison.Runs.Select(static run => run.DescribeFault()).OfType<string>())
        {
            text.Append("- ").Append(fault).Append('\n');
        }

        text.Append('\n');
    }

    private static void AppendNotes(StringBuilder text, Comparison comparison)
    {
        text.Append("What is simulated:\n\n");
        foreach (string note in ReportNotes.Of(comparison))
        {
            text.Append("- ").Append(note).Append('\n');
        }
    }
}
