namespace Chain.Core.Crypto;

/// <summary>The two sums of a verification, with a challenge of 128 bits (Straus). Variable time: public data only.</summary>
internal static class VrfProducts
{
    private const int Width = 5;
    private const int Entries = 1 << (Width - 2);

    /// <summary>s·B + c·P for s below 2²⁵³ and c below 2¹²⁸: both halves of s share 129 doublings with c.</summary>
    public static EdwardsPoint BaseTimes(in Scalar25519 s, in Scalar25519 c, in EdwardsPoint point)
    {
        Span<sbyte> low = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> high = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> digits = stackalloc sbyte[NonAdjacentForm.Length];
        int length = NonAdjacentForm.Recode(new Scalar25519(s.W0, s.W1, 0, 0), BasePointTable.Width, low);
        length = Math.Max(length, NonAdjacentForm.Recode(new Scalar25519(s.W2, s.W3, 0, 0), BasePointTable.Width, high));
        length = Math.Max(length, NonAdjacentForm.Recode(c, Width, digits));
        Span<CachedPoint> table = stackalloc CachedPoint[Entries];
        CachedPoint.FillOddMultiples(table, point);
        ReadOnlySpan<AffineCachedPoint> lowTable = BasePointTable.OddMultiples(), highTable = VrfBaseTable.High;
        var sum = new PointAccumulator(EdwardsPoint.Identity);
        for (int i = length - 1; i >= 0; i--)
        {
            sum.Double();
            Add(ref sum, table, digits[i]);
            Add(ref sum, lowTable, low[i]);
            Add(ref sum, highTable, high[i]);
            Complete(ref sum, isLast: i == 0);
        }

        return sum.Point;
    }

    /// <summary>s·P + c·Q for s below 2²⁵³ and c below 2¹²⁸.</summary>
    public static EdwardsPoint PointTimes(in EdwardsPoint p, in Scalar25519 s, in Scalar25519 c, in EdwardsPoint q)
    {
        Span<sbyte> digitsOfP = stackalloc sbyte[NonAdjacentForm.Length];
        Span<sbyte> digitsOfQ = stackalloc sbyte[NonAdjacentForm.Length];
        int length = Math.Max(NonAdjacentForm.Recode(s, Width, digitsOfP), NonAdjacentForm.Recode(c, Width, digitsOfQ));
        Span<CachedPoint> tableOfP = stackalloc CachedPoint[Entries];
        Span<CachedPoint> tableOfQ = stackalloc CachedPoint[Entries];
        CachedPoint.FillOddMultiples(tableOfP, p);
        CachedPoint.FillOddMultiples(tableOfQ, q);
        var sum = new PointAccumulator(EdwardsPoint.Identity);
        for (int i = length - 1; i >= 0; i--)
        {
            sum.Double();
            Add(ref sum, tableOfP, digitsOfP[i]);
            Add(ref sum, tableOfQ, digitsOfQ[i]);
            Complete(ref sum, isLast: i == 0);
        }

        return sum.Point;
    }

    private static void Add(ref PointAccumulator sum, scoped ReadOnlySpan<CachedPoint> oddMultiples, int digit)
    {
        if (digit == 0)
        {
            return;
        }

        sum.CompleteWithT();
        if (digit > 0)
        {
            sum.Add(oddMultiples[digit >> 1]);
        }
        else
        {
            sum.Subtract(oddMultiples[-digit >> 1]);
        }
    }

    private static void Add(ref PointAccumulator sum, scoped ReadOnlySpan<AffineCachedPoint> oddMultiples, int digit)
    {
        if (digit == 0)
        {
            return;
        }

        sum.CompleteWithT();
        if (digit > 0)
        {
            sum.Add(oddMultiples[digit >> 1]);
        }
        else
        {
            sum.Subtract(oddMultiples[-digit >> 1]);
        }
    }

    private static void Complete(ref PointAccumulator sum, bool isLast)
    {
        if (isLast)
        {
            sum.CompleteWithT();
        }
        else
        {
            sum.Complete();
        }
    }
}
