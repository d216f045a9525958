namespace Chain.Core.Crypto;

/// <summary>
/// A point of edwards25519 that is doubled and added to in place, in the coordinates of <see cref="EdwardsPoint"/>
/// (formulas: Hisil, Wong, Carter and Dawson 2008). Every step leaves x = E/G and y = H/F, and <c>Complete</c> multiplies
/// out: what follows decides whether T is worth its product.
/// </summary>
internal ref struct PointAccumulator
{
    private FieldElement _x;
    private FieldElement _y;
    private FieldElement _z;
    private FieldElement _t;
    private FieldElement _e;
    private FieldElement _f;
    private FieldElement _g;
    private FieldElement _h;

    public PointAccumulator(in EdwardsPoint point)
    {
        _x = point.X;
        _y = point.Y;
        _z = point.Z;
        _t = point.T;
    }

    /// <summary>The point; its T is that of the last <see cref="CompleteWithT"/>.</summary>
    public readonly EdwardsPoint Point => new(_x, _y, _z, _t);

    /// <summary>
    /// With the curve's equation x(2P) = 2xy / (y² − x²), y(2P) = (y² + x²) / (2 − (y² − x²)); E and G both negated, which
    /// changes the sign of all four coordinates, so that no subtrahend is a sum. Needs no T.
    /// </summary>
    public void Double()
    {
        FieldElement.Add(out _e, _x, _y);
        FieldElement.Square(out _e, _e);
        FieldElement.Square(out _x, _x);
        FieldElement.Square(out _y, _y);
        FieldElement.Square(out _z, _z);
        FieldElement.Add(out _h, _x, _y);                // < 2⁵² + 2¹⁹
        FieldElement.Subtract(out _g, _x, _y);           // < 2⁵²·⁶
        FieldElement.Subtract(out _e, _h, _e);
        FieldElement.Add(out _f, _z, _z);
        FieldElement.Add(out _f, _f, _g);                // < 2⁵³·³: loose
    }

    public void Add(in CachedPoint b)
    {
        Products(b.YPlusX, b.YMinusX, b.TwoDT);
        FieldElement.Multiply(out _z, _z, b.Z);
        Sums();
    }

    public void Subtract(in CachedPoint b)
    {
        Products(b.YMinusX, b.YPlusX, b.TwoDT);
        FieldElement.Multiply(out _z, _z, b.Z);
        Differences();
    }

    public void Add(in AffineCachedPoint b)
    {
        Products(b.YPlusX, b.YMinusX, b.TwoDXY);
        Sums();
    }

    public void Subtract(in AffineCachedPoint b)
    {
        Products(b.YMinusX, b.YPlusX, b.TwoDXY);
        Differences();
    }

    /// <summary>X, Y and Z; the result may only be doubled or read.</summary>
    public void Complete()
    {
        FieldElement.Multiply(out _x, _e, _f);
        FieldElement.Multiply(out _y, _g, _h);
        FieldElement.Multiply(out _z, _f, _g);
    }

    public void CompleteWithT()
    {
        FieldElement.Multiply(out _t, _e, _h);
        Complete();
    }

    /// <summary>(Y + X)·plus into Y, (Y − X)·minus into X, T·t into T.</summary>
    private void Products(in FieldElement plus, in FieldElement minus, in FieldElement t)
    {
        FieldElement.Add(out _h, _y, _x);
        FieldElement.Subtract(out _e, _y, _x);
        FieldElement.Multiply(out _y, _h, plus);
        FieldElement.Multiply(out _x, _e, minus);
        FieldElement.Multiply(out _t, _t, t);
    }

    private void Sums()
    {
        FieldElement.Add(out _z, _z, _z);
        FieldElement.Subtract(out _f, _z, _t);
        FieldElement.Add(out _g, _z, _t);
        SumAndDifference();
    }

    /// <summary>As <see cref="Sums"/> with T negated.</summary>
    private void Differences()
    {
        FieldElement.Add(out _z, _z, _z);
        FieldElement.Add(out _f, _z, _t);
        FieldElement.Subtract(out _g, _z, _t);
        SumAndDifference();
    }

    private void SumAndDifference()
    {
        FieldElement.Subtract(out _e, _y, _x);
        FieldElement.Add(out _h, _y, _x);
    }
}
