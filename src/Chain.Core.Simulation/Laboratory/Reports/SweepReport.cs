using System.Text;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>A sweep as one page like <see cref="HtmlReport"/>, and as a table in a file.</summary>
public static class SweepReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="sweep">At least one point.</param>
    public static string WriteHtml(RateSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        Comparison first = sweep.Points[0];
        StringBuilder html = HtmlReport.Begin($"{first.Scenario.Name}, sweep");
        HtmlReport.AppendHead(html, first, FormattableString.Invariant($"Rates from {first.Scenario.Load.Rate:0} to {sweep.Points[^1].Scenario.Load.Rate:0} tx/s; the line below is the lowest."));
        html.Append("<section><h2>Knees</h2><ul>");
        foreach (string engine in sweep.Engines)
        {
            html.Append("<li>").Append(Plot.Escape(sweep.DescribeKnee(engine))).Append("</li>");
        }

        html.Append("</ul></section><div class=\"charts\">");
        HtmlReport.AppendChart(html, first, "Throughput against rate", "Committed in the second half of the load, the mean over seeds. A red ring is a rate that the engine does not keep up with: less than 95 % of it is committed.", SweepChart.Draw(sweep, "Throughput against rate", "tx/s committed", static engine => RateSweep.Committed(engine)));
        HtmlReport.AppendChart(html, first, "Latency against rate", "From handing in to being final at the user's node, the median. No point where half of the transactions never became final.", SweepChart.Draw(sweep, "Latency against rate", "s until final", static engine => engine.Of(FigureCatalog.Find("finality_p50"))?.Mean));
        html.Append("</div>");
        AppendTable(html, sweep);
        HtmlReport.AppendNotes(html, first);
        return html.Append("</main></body></html>\n").ToString();
    }

    /// <summary>Writes all figures, a line for each rate and engine; means over seeds, empty where there is none.</summary>
    public static string WriteCsv(RateSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        var csv = new StringBuilder("rate,seconds,engine,").AppendJoin(',', FigureCatalog.All.Select(static figure => figure.Key)).Append('\n');
        foreach (Comparison point in sweep.Points)
        {
            foreach (EngineRuns engine in point.Engines)
            {
                csv.Append(FormattableString.Invariant($"{point.Scenario.Load.Rate},{point.Scenario.Duration.TotalSeconds:0.###},\"{engine.Name}\","))
                    .AppendJoin(',', FigureCatalog.All.Select(figure => engine.Of(figure) is { } value ? FormattableString.Invariant($"{value.Mean:0.######}") : "")).Append('\n');
            }
        }

        return csv.ToString();
    }

    private static void AppendTable(StringBuilder html, RateSweep sweep)
    {
        html.Append("<section><h2>Figures</h2><div class=\"scroll\"><table><thead><tr><th>engine</th><th>rate <small>tx/s</small></th><th>load <small>s</small></th><th>committed <small>tx/s</small></th><th>final p50 <small>s</small></th><th>busiest node <small>% of a core</small></th></tr></thead><tbody>");
        foreach ((Comparison point, EngineRuns engine) in sweep.Engines.SelectMany(name => sweep.Points.SelectMany(point => point.Engines.Where(each => each.Name == name).Select(each => (point, each)))))
        {
            html.Append(FormattableString.Invariant($"<tr><th>{Plot.Escape(engine.Name)}</th><td>{point.Scenario.Load.Rate:0}</td><td>{point.Scenario.Duration.TotalSeconds:0.#}</td>"));
            foreach (string key in (string[])["steady_tps", "finality_p50", "busiest_processor"])
            {
                html.Append("<td>").Append(Plot.Escape(Numbers.Short(engine.Of(FigureCatalog.Find(key))))).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div></section>");
    }
}
