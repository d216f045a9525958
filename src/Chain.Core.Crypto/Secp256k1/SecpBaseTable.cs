namespace Chain.Core.Crypto;

/// <summary>G, 3G, 5G … and the same of 2¹²⁸·G, so that half the doublings do. Computed once, at first use: 80 kB.</summary>
internal static class SecpBaseTable
{
    /// <summary>Width of the digits that the tables serve.</summary>
    public const int Width = 11;

    private const int Count = 1 << (Width - 2);

    private static readonly SecpAffinePoint[] LowEntries = OddMultiples(SecpAffinePoint.Base);
    private static readonly SecpAffinePoint[] HighEntries = OddMultiples(ShiftBy128(SecpAffinePoint.Base));

    /// <summary>Entry i is (2i + 1)·G.</summary>
    public static ReadOnlySpan<SecpAffinePoint> Low => LowEntries;

    /// <summary>Entry i is (2i + 1)·2¹²⁸·G.</summary>
    public static ReadOnlySpan<SecpAffinePoint> High => HighEntries;

    private static SecpAffinePoint ShiftBy128(in SecpAffinePoint point)
    {
        SecpPoint shifted = SecpPoint.FromAffine(point);
        for (int i = 0; i < 128; i++)
        {
            shifted = shifted.Double();
        }

        return shifted.ToAffine(shifted.Z.Invert());
    }

    private static SecpAffinePoint[] OddMultiples(in SecpAffinePoint point)
    {
        SecpPoint multiple = SecpPoint.FromAffine(point);
        SecpPoint doubled = multiple.Double();
        SecpAffinePoint step = doubled.ToAffine(doubled.Z.Invert());
        var multiples = new SecpPoint[Count];
        for (int i = 0; i < Count; i++)
        {
            multiples[i] = multiple;
            multiple = multiple.Add(step, out _);
        }

        var entries = new SecpAffinePoint[Count];
        SecpNormalization.ToAffine(multiples, entries);
        return entries;
    }
}
