using System.Globalization;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Maps values to places along an axis, linearly or by logarithms, and says where the ticks are.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;
    private readonly bool _isLogarithmic;

    private Axis(double from, double to, bool isLogarithmic, IReadOnlyList<(double Value, string Label)> ticks)
    {
        _from = from;
        _to = to;
        _isLogarithmic = isLogarithmic;
        Ticks = ticks;
    }

    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>From 0 to at least this value.</summary>
    public static Axis Linear(double max)
    {
        double top = max > 0 ? max : 1;
        double step = Math.Pow(10, Math.Floor(Math.Log10(top)));
        step *= (top / step) switch { < 2 => 0.5, < 5 => 1, _ => 2 };
        int count = (int)Math.Ceiling(top / step);
        return new Axis(0, count * step, false, [.. Enumerable.Range(0, count + 1).Select(i => (i * step, Label(i * step)))]);
    }

    /// <summary>Over whole decades that hold both values, which are positive.</summary>
    public static Axis Logarithmic(double min, double max)
    {
        int first = (int)Math.Floor(Math.Log10(min));
        int last = int.Max(first + 1, (int)Math.Ceiling(Math.Log10(max)));
        return new Axis(first, last, true, [.. Enumerable.Range(first, last - first + 1).Select(static power => (Math.Pow(10, power), Label(Math.Pow(10, power))))]);
    }

    /// <summary>A place of width 1 for each name; the labels stand in the middle.</summary>
    public static Axis Slots(IEnumerable<string> names)
    {
        (double, string)[] ticks = [.. names.Select(static (name, index) => (index + 0.5, name))];
        return new Axis(0, ticks.Length, false, ticks);
    }

    /// <summary>The place of a value, 0 to 1.</summary>
    public double Place(double value)
    {
        double at = _isLogarithmic ? Math.Log10(double.Max(value, 1e-12)) : value;
        return Math.Clamp((at - _from) / (_to - _from), 0, 1);
    }

    private static string Label(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
