using System.Globalization;
using System.Net;
using System.Text;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>A chart as inline SVG. Colours are classes of the page, so that light and dark pages have their own.</summary>
internal sealed class Plot
{
    private const int Width = 640;
    private const int Left = 58;
    private const int Right = 20;
    private const int Top = 12;
    private const int Bottom = 44;

    private readonly StringBuilder _svg = new();
    private readonly int _height;
    private readonly Axis _x;
    private readonly Axis _y;

    /// <summary>An empty chart with grid, ticks and names of its axes.</summary>
    public Plot(string label, Axis x, string xName, Axis y, string yName, int height = 300)
    {
        _height = height;
        _x = x;
        _y = y;
        Append($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Escape(label)}\">");
        foreach ((double tick, string name) in x.Ticks)
        {
            Append($"<line class=\"grid\" x1=\"{X(tick):0.#}\" x2=\"{X(tick):0.#}\" y1=\"{Top}\" y2=\"{height - Bottom}\"/>");
            Append($"<text class=\"tick\" text-anchor=\"middle\" x=\"{X(tick):0.#}\" y=\"{height - Bottom + 18}\">{Escape(name)}</text>");
        }

        foreach ((double tick, string name) in y.Ticks)
        {
            Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/>");
            Append($"<text class=\"tick\" text-anchor=\"end\" x=\"{Left - 8}\" y=\"{Y(tick) + 4:0.#}\">{Escape(name)}</text>");
        }

        Append($"<text class=\"axis\" text-anchor=\"middle\" x=\"{(Left + Width - Right) / 2}\" y=\"{height - 6}\">{Escape(xName)}</text>");
        Append($"<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(14 {(Top + height - Bottom) / 2}) rotate(-90)\">{Escape(yName)}</text>");
    }

    /// <summary>A line through points, in the colour of a series.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, int series, bool isDashed = false)
    {
        string path = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
        Append($"<polyline class=\"line s{series % Palette.Count}{(isDashed ? " dashed" : "")}\" points=\"{path}\"/>");
    }

    /// <summary>A bar from 0 up to a value, between two places of the x axis.</summary>
    public void Bar(double from, double to, double value, int series, string title, bool isFaint = false)
    {
        double top = Y(value);
        Append($"<rect class=\"bar s{series % Palette.Count}{(isFaint ? " faint" : "")}\" x=\"{X(from):0.#}\" y=\"{top:0.#}\" width=\"{double.Max(1, X(to) - X(from) - 1):0.#}\" height=\"{_height - Bottom - top:0.#}\"><title>{Escape(title)}</title></rect>");
    }

    /// <summary>A dot; hollow for what did not stay.</summary>
    public void Dot(double x, double y, int series, bool isHollow, string title)
    {
        Append($"<circle class=\"{(isHollow ? "hollow" : $"dot s{series % Palette.Count}")}\" cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"{(isHollow ? 4 : 2.4)}\"><title>{Escape(title)}</title></circle>");
    }

    /// <summary>A thin line across a place, at a value.</summary>
    public void Mark(double from, double to, double value) =>
        Append($"<line class=\"mark\" x1=\"{X(from):0.#}\" x2=\"{X(to):0.#}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/>");

    /// <summary>The whole chart.</summary>
    public string Finish() => _svg + "</svg>";

    /// <summary>The whole chart as a file of its own, with the names of the series in it.</summary>
    public string FinishAlone(IReadOnlyList<string> series)
    {
        for (int i = 0; i < series.Count; i++)
        {
            Append($"<rect class=\"bar s{i % Palette.Count}\" x=\"{Left + 10}\" y=\"{Top + 8 + (18 * i)}\" width=\"10\" height=\"10\"/>");
            Append($"<text class=\"axis\" x=\"{Left + 26}\" y=\"{Top + 17 + (18 * i)}\">{Escape(series[i])}</text>");
        }

        string chart = Finish();
        int content = chart.IndexOf('>', StringComparison.Ordinal) + 1;
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" style=\"background:var(--page);font-family:system-ui,sans-serif\"{chart["<svg".Length..content]}<style>{PageStyle.Css}</style>{chart[content..]}\n";
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private void Append(FormattableString text) => _svg.Append(FormattableString.Invariant(text));

    private double X(double value) => Left + (_x.Place(value) * (Width - Left - Right));

    private double Y(double value) => _height - Bottom - (_y.Place(value) * (_height - Top - Bottom));
}
