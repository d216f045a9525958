namespace Chain.Core.Simulation.Laboratory;

/// <summary>Colours of series, for light pages and for dark ones; each pair has a contrast of more than 3 to its page.</summary>
internal static class Palette
{
    private static readonly string[] Light = ["#0b62c4", "#b9500a", "#0c7558", "#7a35d6", "#a8326a", "#5d6b00", "#00707f", "#6b4a2f"];
    private static readonly string[] Dark = ["#6cb2ff", "#ff9e57", "#4fd1a5", "#c4a2ff", "#ff8fc0", "#c8d24a", "#4fd0e0", "#d3ab86"];

    public static int Count => Light.Length;

    /// <summary>The rules for all series.</summary>
    public static string Css(bool isDark)
    {
        string[] colours = isDark ? Dark : Light;
        return string.Concat(colours.Select(static (colour, i) => FormattableString.Invariant($".line.s{i}{{stroke:{colour}}}.bar.s{i},.dot.s{i}{{fill:{colour}}}.key.s{i}{{background:{colour}}}")));
    }
}
