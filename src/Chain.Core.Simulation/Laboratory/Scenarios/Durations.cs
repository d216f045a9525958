using System.Globalization;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Durations as people write them: <c>250ms</c>, <c>30s</c>, <c>10m</c>, <c>1h</c>.</summary>
public static class Durations
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("us", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration; false for anything but a number with one of the units, and for more than a year.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        string trimmed = text?.Trim() ?? "";
        int end = trimmed.Length;
        while (end > 0 && char.IsAsciiLetter(trimmed[end - 1]))
        {
            end--;
        }

        long ticks = Units.FirstOrDefault(each => each.Unit == trimmed[end..]).Ticks;
        bool isRead = decimal.TryParse(trimmed[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count);
        if (ticks == 0 || !isRead || count > TimeSpan.FromDays(366).Ticks / ticks)
        {
            return false;
        }

        duration = new TimeSpan((long)(count * ticks));
        return true;
    }

    /// <summary>Writes a duration in the greatest unit that leaves no fraction.</summary>
    public static string Format(TimeSpan duration)
    {
        (string unit, long ticks) = Units.LastOrDefault(each => duration.Ticks % each.Ticks == 0, Units[0]);
        return duration == TimeSpan.Zero
            ? "0s"
            : string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
    }
}
