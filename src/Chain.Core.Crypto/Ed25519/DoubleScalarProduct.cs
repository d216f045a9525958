namespace Chain.Core.Crypto;

/// <summary>s·B + k·P with one chain of doublings (Straus, signed windows).</summary>
internal static class DoubleScalarProduct
{
    private const int PointWidth = 5;

    /// <summary>Both scalars must be below 2²⁵³.</summary>
    public static EdwardsPoint Compute(in Scalar25519 baseScalar, in Scalar25519 pointScalar, in EdwardsPoint point)
    {
        Span<sbyte> baseDigits = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> pointDigits = stackalloc sbyte[NonAdjacentForm.Length];
        int length = Math.Max(
            NonAdjacentForm.Recode(baseScalar, BasePointTable.Width, baseDigits),
            NonAdjacentForm.Recode(pointScalar, PointWidth, pointDigits));
        Span<CachedPoint> pointTable = stackalloc CachedPoint[1 << (PointWidth - 2)];
        CachedPoint.FillOddMultiples(pointTable, point);
        return Walk(baseDigits[..length], pointDigits[..length], pointTable);
    }

    private static EdwardsPoint Walk(
        ReadOnlySpan<sbyte> baseDigits, ReadOnlySpan<sbyte> pointDigits, ReadOnlySpan<CachedPoint> pointTable)
    {
        ReadOnlySpan<AffineCachedPoint> baseTable = BasePointTable.OddMultiples();
        var sum = new PointAccumulator(EdwardsPoint.Identity);
        for (int i = baseDigits.Length - 1; i >= 0; i--)
        {
            sum.Double();
            int pointDigit = pointDigits[i];
            if (pointDigit != 0)
            {
                sum.CompleteWithT();
                Add(ref sum, pointTable, pointDigit);
            }

            int baseDigit = baseDigits[i];
            if (baseDigit != 0)
            {
                sum.CompleteWithT();
                Add(ref sum, baseTable, baseDigit);
            }

            if (i == 0)
            {
                sum.CompleteWithT();
            }
            else
            {
                sum.Complete();
            }
        }

        return sum.Point;
    }

    private static void Add(ref PointAccumulator sum, ReadOnlySpan<CachedPoint> table, int digit)
    {
        if (digit > 0)
        {
            sum.Add(table[digit >> 1]);
        }
        else
        {
            sum.Subtract(table[-digit >> 1]);
        }
    }

    private static void Add(ref PointAccumulator sum, ReadOnlySpan<AffineCachedPoint> table, int digit)
    {
        if (digit > 0)
        {
            sum.Add(table[digit >> 1]);
        }
        else
        {
            sum.Subtract(table[-digit >> 1]);
        }
    }
}
