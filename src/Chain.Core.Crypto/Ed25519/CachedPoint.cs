namespace Chain.Core.Crypto;

/// <summary>A point prepared as the second operand of additions: Y + X, Y − X, Z, 2d·T.</summary>
internal readonly struct CachedPoint
{
    public readonly FieldElement YPlusX;
    public readonly FieldElement YMinusX;
    public readonly FieldElement Z;
    public readonly FieldElement TwoDT;

    public CachedPoint(in EdwardsPoint point)
    {
        YPlusX = point.Y + point.X;
        YMinusX = point.Y - point.X;
        Z = point.Z;
        TwoDT = point.T * FieldElement.TwoD;
    }

    /// <summary>Fills a table with the multiples 1, 3, 5 … of a point.</summary>
    public static void FillOddMultiples(Span<CachedPoint> table, in EdwardsPoint point)
    {
        CachedPoint step = new(point.Double());
        var multiple = new PointAccumulator(point);
        table[0] = new CachedPoint(point);
        for (int i = 1; i < table.Length; i++)
        {
            multiple.Add(step);
            multiple.CompleteWithT();
            table[i] = new CachedPoint(multiple.Point);
        }
    }
}
