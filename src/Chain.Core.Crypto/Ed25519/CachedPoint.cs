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
}
