namespace Chain.Core.Gossip;

/// <summary>Checks options against their stated ranges.</summary>
internal static class OptionRange
{
    public static void Check<T>(T value, T min, T max, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is from {min} to {max}.");
        }
    }

    /// <summary>A wait: from a millisecond to <paramref name="maxHours"/>.</summary>
    public static void CheckTime(TimeSpan value, string name, int maxHours = 24) =>
        Check(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(maxHours), name);
}
