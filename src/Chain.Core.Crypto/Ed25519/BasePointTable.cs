namespace Chain.Core.Crypto;

/// <summary>B, 3B, 5B … of the base point, ready for additions. Computed once, at first use.</summary>
internal static class BasePointTable
{
    /// <summary>Width of the digits that the table serves.</summary>
    public const int Width = 8;

    private static readonly AffineCachedPoint[] Entries = OddMultiples(1 << (Width - 2));

    /// <summary>The table: entry i is (2i + 1)·B.</summary>
    public static ReadOnlySpan<AffineCachedPoint> OddMultiples() => Entries;

    private static AffineCachedPoint[] OddMultiples(int count)
    {
        var entries = new AffineCachedPoint[count];
        EdwardsPoint multiple = EdwardsPoint.Base;
        EdwardsPoint step = multiple.Double();
        for (int i = 0; i < count; i++)
        {
            entries[i] = new AffineCachedPoint(multiple, multiple.Z.Invert());
            multiple += step;
        }

        return entries;
    }
}
