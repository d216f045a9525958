namespace Chain.Core.Crypto;

/// <summary>2¹²⁸·B, 3·2¹²⁸·B, 5·2¹²⁸·B …: the upper half of the base point's scalar. Computed once, at first use.</summary>
internal static class VrfBaseTable
{
    private static readonly AffineCachedPoint[] Entries = OddMultiples(1 << (BasePointTable.Width - 2));

    /// <summary>The table: entry i is (2i + 1)·2¹²⁸·B, for digits of <see cref="BasePointTable.Width"/>.</summary>
    public static ReadOnlySpan<AffineCachedPoint> High => Entries;

    private static AffineCachedPoint[] OddMultiples(int count)
    {
        EdwardsPoint multiple = EdwardsPoint.Base;
        for (int i = 0; i < 128; i++)
        {
            multiple = multiple.Double();
        }

        var entries = new AffineCachedPoint[count];
        EdwardsPoint step = multiple.Double();
        for (int i = 0; i < count; i++)
        {
            entries[i] = new AffineCachedPoint(multiple, multiple.Z.Invert());
            multiple += step;
        }

        return entries;
    }
}
