using System.Globalization;
using System.Text;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>
/// Where the nodes are: the regions of the scenario at their places on the globe (degrees east and north, plate carrée), the time a message
/// takes between them, and a dot for each node, filled where it makes blocks.
/// </summary>
internal static class WorldMap
{
    private const int Width = 640;
    private const int Height = 300;
    private const double North = 75;
    private const double South = -60;
    private const double Bend = 0.12; // of a link's length, so that the labels of links that cross lie apart
    private const int MaxDots = 150;
    private const double DotSpacing = 3.1;
    private const double GoldenAngle = 2.39996;

    /// <summary>Data centres by their cities; continents by a place where many of their nodes are.</summary>
    private static readonly Dictionary<string, (double East, double North)> Places = new()
    {
        ["ca-central-1"] = (-73.6, 45.5), // Montréal
        ["us-west-1"] = (-121.9, 37.3), // San José
        ["eu-central-1"] = (8.7, 50.1), // Frankfurt
        ["ap-northeast-3"] = (135.5, 34.7), // Ōsaka
        ["ap-southeast-2"] = (151.2, -33.9), // Sydney
        ["north-america"] = (-98, 39),
        ["europe"] = (10, 50),
        ["south-america"] = (-56, -15),
        ["asia-pacific"] = (104, 12),
        ["japan"] = (138, 36),
        ["australia"] = (145, -32),
    };

    /// <summary>The map; empty where the network has no regions on the globe.</summary>
    public static string Draw(Comparison comparison)
    {
        NetworkPlan plan = comparison.Scenario.Network;
        if (Placement.RegionsOf(plan) is not { } matrix || !matrix.Regions.All(Places.ContainsKey))
        {
            return "";
        }

        var svg = new StringBuilder();
        Append(svg, $"<svg class=\"map\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Map of the regions and their nodes\">");
        AppendGraticule(svg);
        (int From, int To)[] links = [.. Enumerable.Range(0, matrix.Count).SelectMany(static to => Enumerable.Range(0, to).Select(from => (from, to)))];
        StringBuilder times = new();
        foreach ((int from, int to) in links)
        {
            AppendLink(svg, times, matrix, from, to);
        }

        svg.Append(times);
        int[] regionOf = Placement.Spread(plan, comparison.Scenario.Nodes);
        int producers = comparison.Runs[0].Measures.Fairness.Count(static each => each.Power > 0);
        for (int region = 0; region < matrix.Count; region++)
        {
            int[] nodes = [.. Enumerable.Range(0, regionOf.Length).Where(node => regionOf[node] == region)];
            AppendRegion(svg, matrix.Regions[region], nodes.Length, nodes.Count(node => node < producers));
        }

        return svg.Append("</svg>").ToString();
    }

    private static void AppendGraticule(StringBuilder svg)
    {
        for (double east = -150; east <= 150; east += 30)
        {
            Append(svg, $"<line class=\"grid\" x1=\"{X(east):0.#}\" x2=\"{X(east):0.#}\" y1=\"0\" y2=\"{Height}\"/>");
        }

        for (double north = -30; north <= 60; north += 30)
        {
            Append(svg, $"<line class=\"grid\" x1=\"0\" x2=\"{Width}\" y1=\"{Y(north):0.#}\" y2=\"{Y(north):0.#}\"/>");
        }
    }

    private static void AppendLink(StringBuilder svg, StringBuilder times, LatencyMatrix matrix, int from, int to)
    {
        ((double East, double North) a, (double East, double North) b) = (Places[matrix.Regions[from]], Places[matrix.Regions[to]]);
        double milliseconds = matrix.OneWay(from, to).TotalMilliseconds;
        double lift = Bend * Math.Sqrt(Math.Pow(X(a.East) - X(b.East), 2) + Math.Pow(Y(a.North) - Y(b.North), 2));
        double x = (X(a.East) + X(b.East)) / 2;
        double y = (Y(a.North) + Y(b.North)) / 2;
        Append(svg, $"<path class=\"link\" d=\"M{X(a.East):0.#} {Y(a.North):0.#}Q{x:0.#} {y - (2 * lift):0.#} {X(b.East):0.#} {Y(b.North):0.#}\"><title>{matrix.Regions[from]} to {matrix.Regions[to]}: {milliseconds:0.#} ms</title></path>");
        Append(times, $"<text class=\"tick halo\" text-anchor=\"middle\" x=\"{x:0.#}\" y=\"{y - lift + 4:0.#}\">{milliseconds:0} ms</text>");
    }

    /// <summary>Dots in a spiral, as many as can be told apart.</summary>
    private static void AppendRegion(StringBuilder svg, string name, int nodes, int producers)
    {
        (double x, double y) = (X(Places[name].East), Y(Places[name].North));
        int dots = int.Min(nodes, MaxDots);
        Append(svg, $"<g><title>{Plot.Escape(name)}: {nodes} nodes, {producers} of them make blocks</title>");
        for (int i = dots - 1; i >= 0; i--)
        {
            double radius = DotSpacing * Math.Sqrt(i);
            string style = (long)i * nodes / dots < producers ? "dot s0" : "other";
            Append(svg, $"<circle class=\"{style}\" cx=\"{x + (radius * Math.Cos(GoldenAngle * i)):0.#}\" cy=\"{y + (radius * Math.Sin(GoldenAngle * i)):0.#}\" r=\"2.4\"/>");
        }

        string anchor = x > Width - 60 ? "end" : "middle";
        Append(svg, $"<text class=\"axis halo\" text-anchor=\"{anchor}\" x=\"{x:0.#}\" y=\"{y + (DotSpacing * Math.Sqrt(dots)) + 15:0.#}\">{Plot.Escape(name)}, {nodes}</text></g>");
    }

    private static double X(double east) => (east + 180) / 360 * Width;

    private static double Y(double north) => (North - north) / (North - South) * Height;

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
