namespace Chain.Core.Crypto;

/// <summary>A point as x = X/Z, y = Y/Z, tight: enough to double it.</summary>
internal readonly struct ProjectivePoint
{
    private readonly FieldElement _x;
    private readonly FieldElement _y;
    private readonly FieldElement _z;

    public ProjectivePoint(in FieldElement x, in FieldElement y, in FieldElement z)
    {
        _x = x;
        _y = y;
        _z = z;
    }

    /// <summary>
    /// With the curve's equation x(2P) = 2xy / (y² − x²), y(2P) = (y² + x²) / (2 − (y² − x²)); E and G both negated,
    /// which changes the sign of all four coordinates, so that no subtrahend is a sum.
    /// </summary>
    public CompletedPoint Double()
    {
        FieldElement xx = _x.Square();
        FieldElement yy = _y.Square();
        FieldElement zz = _z.Square();
        FieldElement sum = (_x + _y).Square();
        FieldElement h = xx + yy;                 // < 2⁵² + 2¹⁹
        FieldElement g = xx - yy;                 // < 2⁵²·⁶
        FieldElement f = zz + zz + g;             // < 2⁵³·³: loose
        return new CompletedPoint(h - sum, f, g, h);
    }
}
