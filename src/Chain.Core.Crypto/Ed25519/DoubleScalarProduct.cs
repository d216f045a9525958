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
        FillOddMultiples(point, pointTable);
        return Walk(baseDigits[..length], pointDigits[..length], pointTable);
    }

    private static void FillOddMultiples(in EdwardsPoint point, Span<CachedPoint> table)
    {
        table[0] = new CachedPoint(point);
        EdwardsPoint multiple = point.Double();
        CachedPoint step = new(multiple);
        multiple = point;
        for (int i = 1; i < table.Length; i++)
        {
            multiple = multiple.Add(step).ToExtended();
            table[i] = new CachedPoint(multiple);
        }
    }

    private static EdwardsPoint Walk(
        ReadOnlySpan<sbyte> baseDigits, ReadOnlySpan<sbyte> pointDigits, ReadOnlySpan<CachedPoint> pointTable)
    {
        ReadOnlySpan<AffineCachedPoint> baseTable = BasePointTable.OddMultiples();
        EdwardsPoint sum = EdwardsPoint.Identity;
        for (int i = baseDigits.Length - 1; i >= 0; i--)
        {
            // T is multiplied out only where an addition follows.
            CompletedPoint next = new ProjectivePoint(sum.X, sum.Y, sum.Z).Double();
            int pointDigit = pointDigits[i];
            if (pointDigit != 0)
            {
                sum = next.ToExtended();
                next = pointDigit > 0 ? sum.Add(pointTable[pointDigit >> 1]) : sum.Subtract(pointTable[(-pointDigit) >> 1]);
            }

            int baseDigit = baseDigits[i];
            if (baseDigit != 0)
            {
                sum = next.ToExtended();
                next = baseDigit > 0 ? sum.Add(baseTable[baseDigit >> 1]) : sum.Subtract(baseTable[(-baseDigit) >> 1]);
            }

            sum = i == 0 ? next.ToExtended() : next.ToExtendedWithoutT();
        }

        return sum;
    }
}
