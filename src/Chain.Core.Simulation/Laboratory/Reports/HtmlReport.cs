using System.Text;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>A comparison as one page: tables and charts, no scripts, nothing from elsewhere, light or dark as the reader's system is.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    public static string Write(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        StringBuilder html = Begin(comparison.Scenario.Name);
        AppendHead(html, comparison);
        AppendTable(html, comparison);
        AppendVerdicts(html, comparison);
        html.Append("<div class=\"charts\">");
        AppendChart(html, comparison, "Latency", "Solid: final at the user's node. Dashed: included. All seeds together.", LatencyChart.Draw(comparison));
        AppendChart(html, comparison, "Propagation", "Median over blocks; pale: the 95th percentile.", SpreadChart.Draw(comparison));
        AppendChart(html, comparison, "Throughput", "The first seed of each engine.", ThroughputChart.Draw(comparison));
        AppendChart(html, comparison, "Fairness", "All seeds together.", FairnessChart.Draw(comparison));
        html.Append("</div>");
        AppendMap(html, comparison);
        html.Append("<section><h2>Bytes by kind of message</h2><p>Sent by each node for a transaction of the chain.</p>").Append(TrafficBars.Draw(comparison)).Append("</section>");
        AppendForks(html, comparison);
        AppendNotes(html, comparison);
        return html.Append("</main></body></html>\n").ToString();
    }

    internal static StringBuilder Begin(string title)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        return html.Append("<title>").Append(Plot.Escape(title)).Append(" – Chain.Core laboratory</title><style>").Append(PageStyle.Css).Append("</style></head><body><main>");
    }

    internal static void AppendHead(StringBuilder html, Comparison comparison, string more = "")
    {
        html.Append("<header><h1>").Append(Plot.Escape(comparison.Scenario.Name)).Append("</h1><p>").Append(Plot.Escape($"{comparison.Scenario.Description} {more}"));
        html.Append("</p><p class=\"config\">").Append(Plot.Escape(comparison.Describe())).Append("</p></header>");
    }

    private static void AppendTable(StringBuilder html, Comparison comparison)
    {
        html.Append("<section><h2>Figures</h2><div class=\"scroll\"><table><thead><tr><th></th>");
        for (int i = 0; i < comparison.Engines.Count; i++)
        {
            html.Append(FormattableString.Invariant($"<th><i class=\"key s{i % Palette.Count}\"></i>{Plot.Escape(comparison.Engines[i].Name)}</th>"));
        }

        html.Append("</tr></thead><tbody>");
        foreach (Figure figure in FigureCatalog.All.Where(figure => comparison.Engines.Any(engine => engine.Of(figure) is not null)))
        {
            html.Append("<tr><th>").Append(Plot.Escape(figure.Title)).Append(figure.Unit.Length > 0 ? $" <small>{Plot.Escape(figure.Unit)}</small>" : "").Append("</th>");
            foreach (EngineRuns engine in comparison.Engines)
            {
                html.Append("<td>").Append(Plot.Escape(Numbers.Short(engine.Of(figure)))).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("<tr><th>digest</th>").AppendJoin("", comparison.Engines.Select(static engine => $"<td><code>{engine.ShortDigest()}</code></td>"));
        html.Append("</tr></tbody></table></div><p>Means over seeds ± half the 95 % confidence interval. Percentiles count transactions that never got there as later than all others.</p></section>");
    }

    private static void AppendVerdicts(StringBuilder html, Comparison comparison)
    {
        foreach (RunResult run in comparison.Runs)
        {
            string name = FormattableString.Invariant($"{run.Engine}, seed {run.Seed}");
            if (run.Measures.SafetyFault is { } unsafeReason)
            {
                html.Append("<p class=\"fault\"><b>Safety broken</b> – ").Append(Plot.Escape($"{name}: {unsafeReason}")).Append("</p>");
            }

            if (run.Measures.LivenessFault is { } stuck)
            {
                html.Append("<p class=\"fault\"><b>Liveness broken</b> – ").Append(Plot.Escape($"{name}: {stuck}")).Append("</p>");
            }
        }
    }

    internal static void AppendChart(StringBuilder html, Comparison comparison, string title, string caption, string chart)
    {
        if (chart.Length > 0)
        {
            html.Append("<section><h2>").Append(title).Append("</h2><div class=\"scroll\">").Append(chart).Append("</div><p class=\"keys\">");
            for (int i = 0; i < comparison.Engines.Count; i++)
            {
                html.Append(FormattableString.Invariant($"<span><i class=\"key s{i % Palette.Count}\"></i>{Plot.Escape(comparison.Engines[i].Name)}</span> "));
            }

            html.Append("</p><p>").Append(Plot.Escape(caption)).Append("</p></section>");
        }
    }

    private static void AppendMap(StringBuilder html, Comparison comparison)
    {
        if (WorldMap.Draw(comparison) is { Length: > 0 } map)
        {
            html.Append("<section><h2>Where the nodes are</h2><div class=\"scroll\">").Append(map).Append("</div>")
                .Append("<p>The time a message takes from region to region; a filled dot makes blocks.</p></section>");
        }
    }

    private static void AppendForks(StringBuilder html, Comparison comparison)
    {
        html.Append("<section><h2>Blocks and forks</h2><p>The first seed of each engine; a red ring is a block that did not stay.</p><div class=\"charts\">");
        for (int i = 0; i < comparison.Engines.Count; i++)
        {
            html.Append("<div><h3>").Append(Plot.Escape(comparison.Engines[i].Name)).Append("</h3><div class=\"scroll\">")
                .Append(ForkChart.Draw(comparison.Engines[i].Runs[0], i)).Append("</div></div>");
        }

        html.Append("</div></section>");
    }

    internal static void AppendNotes(StringBuilder html, Comparison comparison)
    {
        html.Append("<section><h2>What is simulated</h2><ul>");
        foreach (string note in ReportNotes.Of(comparison))
        {
            html.Append("<li>").Append(Plot.Escape(note)).Append("</li>");
        }

        html.Append("</ul></section>");
    }
}
