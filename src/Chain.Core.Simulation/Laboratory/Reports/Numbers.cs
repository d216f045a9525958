using System.Globalization;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    /// <summary>Three significant digits; whole where it is large.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e9 => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + " G",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.001 => value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0e0", CultureInfo.InvariantCulture),
    };

    /// <summary>An estimate with its interval; a dash where there is none.</summary>
    public static string Short(Estimate? estimate) => estimate is not { } known ? "–"
        : known.HalfWidth is { } half && half > 0 ? $"{Short(known.Mean)} ± {Short(half)}"
        : Short(known.Mean);
}
