namespace Chain.Core.Crypto;

/// <summary>
/// A point of edwards25519, −x² + y² = 1 + d·x²·y², in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. All coordinates
/// are tight. Variable time: public data only.
/// </summary>
internal readonly struct EdwardsPoint
{
    public readonly FieldElement X;
    public readonly FieldElement Y;
    public readonly FieldElement Z;
    public readonly FieldElement T;

    public EdwardsPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t)
    {
        X = x;
        Y = y;
        Z = z;
        T = t;
    }

    /// <summary>The neutral element (0, 1).</summary>
    public static EdwardsPoint Identity => new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>The base point B of RFC 8032: y = 4/5, x even. Its order is L.</summary>
    public static EdwardsPoint Base
    {
        get
        {
            FieldElement x = new(0x62d608f25d51a, 0x412a4b4f6592a, 0x75b7171a4b31d, 0x1ff60527118fe, 0x216936d3cd6e5);
            FieldElement y = new(0x6666666666658, 0x4cccccccccccc, 0x1999999999999, 0x3333333333333, 0x6666666666666);
            return new(x, y, FieldElement.One, x * y);
        }
    }

    /// <summary>Whether this is the neutral element.</summary>
    public bool IsIdentity => X.IsZero && Y.IsSame(Z);

    public static EdwardsPoint operator +(in EdwardsPoint a, in EdwardsPoint b)
    {
        var sum = new PointAccumulator(a);
        sum.Add(new CachedPoint(b));
        sum.CompleteWithT();
        return sum.Point;
    }

    public static EdwardsPoint operator -(in EdwardsPoint a, in EdwardsPoint b) => a + -b;

    public static EdwardsPoint operator -(in EdwardsPoint a) => new(a.X.Negate(), a.Y, a.Z, a.T.Negate());

    /// <summary>
    /// Decodes 32 bytes as ZIP-215 does: y may be p or more (then it is taken modulo p), and x = 0 may carry a sign.
    /// False where no point has this y.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        FieldElement y = FieldElement.Parse(bytes);
        FieldElement y2 = y.Square();
        FieldElement numerator = y2 - FieldElement.One;
        FieldElement denominator = (FieldElement.D * y2) + FieldElement.One; // never 0: −1/d is not a square
        if (!FieldElement.TrySquareRootOfRatio(numerator, denominator, out FieldElement x))
        {
            point = Identity;
            return false;
        }

        bool sign = (bytes[31] & 0x80) != 0;
        if (x.IsOdd != sign)
        {
            x = x.Negate();
        }

        point = new(x, y, FieldElement.One, x * y);
        return true;
    }

    /// <summary>Writes the canonical encoding of RFC 8032: y, and the parity of x in the top bit.</summary>
    public void Encode(Span<byte> destination) => Encode(destination, Z.Invert());

    /// <summary>The same, given the inverse of Z.</summary>
    public void Encode(Span<byte> destination, in FieldElement inverseOfZ)
    {
        (Y * inverseOfZ).CopyTo(destination);
        if ((X * inverseOfZ).IsOdd)
        {
            destination[31] |= 0x80;
        }
    }

    public EdwardsPoint Double()
    {
        var sum = new PointAccumulator(this);
        sum.Double();
        sum.CompleteWithT();
        return sum.Point;
    }

    /// <summary>8·this: removes what lies in the small subgroup.</summary>
    public EdwardsPoint MultiplyByCofactor() => Double().Double().Double();
}
