using System.Text;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Bytes by kind of message, for each engine: a bar of parts, and its legend in the same order.</summary>
internal static class TrafficBars
{
    private const double Least = 0.005;

    public static string Draw(Comparison comparison)
    {
        string[] kinds =
        [
            .. comparison.Runs.SelectMany(static run => run.Measures.Traffic).GroupBy(static each => each.Kind)
                .Where(group => comparison.Engines.Any(engine => PartOf(engine, group.Key) >= Least))
                .OrderByDescending(static group => group.Sum(static each => each.Bytes)).Select(static group => group.Key),
        ];
        var html = new StringBuilder("<div class=\"stacks\">");
        foreach (EngineRuns engine in comparison.Engines)
        {
            AppendEngine(html, engine, kinds);
        }

        html.Append("</div><p class=\"keys\">");
        for (int i = 0; i < kinds.Length; i++)
        {
            html.Append(FormattableString.Invariant($"<span><i class=\"key s{i % Palette.Count}\"></i>{Plot.Escape(kinds[i])}</span> "));
        }

        return html.Append("</p>").ToString();
    }

    private static void AppendEngine(StringBuilder html, EngineRuns engine, string[] kinds)
    {
        double perTransaction = engine.Of(FigureCatalog.Find("bytes_per_tx"))?.Mean ?? 0;
        html.Append("<div class=\"stackname\">").Append(Plot.Escape(engine.Name)).Append("</div><div class=\"stack\">");
        for (int i = 0; i < kinds.Length; i++)
        {
            double part = PartOf(engine, kinds[i]);
            html.Append(FormattableString.Invariant($"<div class=\"key s{i % Palette.Count}\" style=\"width:{100 * part:0.##}%\" title=\"{kinds[i]}: {100 * part:0.0} %\"></div>"));
        }

        html.Append(FormattableString.Invariant($"</div><div class=\"stacksum\">{Plot.Escape(Numbers.Short(perTransaction))} bytes</div>"));
    }

    private static double PartOf(EngineRuns engine, string kind)
    {
        double all = engine.Runs.Sum(static run => run.Measures.Traffic.Sum(static each => (double)each.Bytes));
        double ofKind = engine.Runs.Sum(run => run.Measures.Traffic.Where(each => each.Kind == kind).Sum(static each => (double)each.Bytes));
        return all > 0 ? ofKind / all : 0;
    }
}
