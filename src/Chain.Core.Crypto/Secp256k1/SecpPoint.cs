using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>
/// A point of secp256k1 in Jacobian coordinates: x = X/Z², y = Y/Z³, or the point at infinity. Magnitudes: X at most 5,
/// Y at most 3, Z 1. Variable time: public data only.
/// </summary>
internal readonly struct SecpPoint
{
    private const uint LargestX = 5;
    private const uint LargestY = 3;

    public readonly SecpFieldElement X;
    public readonly SecpFieldElement Y;
    public readonly SecpFieldElement Z;
    public readonly bool IsInfinity;

    public SecpPoint(in SecpFieldElement x, in SecpFieldElement y, in SecpFieldElement z)
    {
        X = x;
        Y = y;
        Z = z;
        IsInfinity = false;
    }

    private SecpPoint(bool isInfinity)
    {
        this = default;
        IsInfinity = isInfinity;
    }

    public static SecpPoint Infinity => new(isInfinity: true);

    public static SecpPoint FromAffine(in SecpAffinePoint point) => new(point.X, point.Y, SecpFieldElement.One);

    /// <summary>
    /// With l = 3x²/2, s = y², t = xs: x' = l² − 2t, y' = l(t − x') − s², z' = yz. No point has y = 0. Magnitudes are
    /// beside each line.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SecpPoint Double()
    {
        if (IsInfinity)
        {
            return this;
        }

        SecpFieldElement l = X.Square().Times(3).Half();             // < 3
        SecpFieldElement s = Y.Square();
        SecpFieldElement minusT = (X * s).Negate(1);                 // 2
        SecpFieldElement x = l.Square() + minusT + minusT;           // 5
        SecpFieldElement minusY = ((x + minusT) * l) + s.Square();   // the factor 7; 2
        return new(x, minusY.Negate(2), Y * Z);                      // 5, 3, 1
    }

    /// <summary>
    /// this + b, where the coordinates of b are factors; <paramref name="ratio"/> is the Z of the sum divided by this Z,
    /// of magnitude 7, and of no meaning where this or the sum is the point at infinity.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SecpPoint Add(in SecpAffinePoint b, out SecpFieldElement ratio)
    {
        if (IsInfinity)
        {
            ratio = SecpFieldElement.One;
            return FromAffine(b);
        }

        SecpFieldElement zz = Z.Square();
        return Combine(b.X * zz, b.Y * (zz * Z), out ratio);
    }

    /// <summary>
    /// this + b where this is on the isomorphic curve (x·u², y·u³) and b on the curve itself; the sum is on the former.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SecpPoint AddFromCurve(in SecpAffinePoint b, in SecpFieldElement u)
    {
        SecpFieldElement z = IsInfinity ? u : Z * u;
        SecpFieldElement zz = z.Square();
        SecpFieldElement x = b.X * zz;
        SecpFieldElement y = b.Y * (zz * z);
        return IsInfinity ? new SecpPoint(x, y, SecpFieldElement.One) : Combine(x, y, out _);
    }

    /// <summary>This point of the isomorphic curve (x·u², y·u³) on the curve itself.</summary>
    public SecpPoint ToCurve(in SecpFieldElement u) => IsInfinity ? this : new(X, Y, Z * u);

    /// <summary>The affine coordinates, given 1/Z; not for the point at infinity.</summary>
    public SecpAffinePoint ToAffine(in SecpFieldElement inverseOfZ)
    {
        SecpFieldElement square = inverseOfZ.Square();
        return new SecpAffinePoint(X * square, Y * (square * inverseOfZ));
    }

    /// <summary>Whether the x-coordinate is <paramref name="x"/>, of magnitude 1; not for the point at infinity.</summary>
    public bool HasX(in SecpFieldElement x) => (x * Z.Square()).IsSame(X);

    /// <summary>The sum with a point whose coordinates, brought to this Z, are x and y, both of magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SecpPoint Combine(in SecpFieldElement x, in SecpFieldElement y, out SecpFieldElement ratio)
    {
        SecpFieldElement h = X.Negate(LargestX) + x;                 // 7
        SecpFieldElement r = Y.Negate(LargestY) + y;                 // 5
        ratio = h;
        if (h.IsZero)
        {
            return r.IsZero ? Double() : Infinity;
        }

        SecpFieldElement hh = h.Square();
        SecpFieldElement hhh = hh * h;
        SecpFieldElement v = X * hh;
        SecpFieldElement sumX = r.Square() + (hhh + v + v).Negate(3); // 5
        SecpFieldElement sumY = ((sumX.Negate(LargestX) + v) * r) + (Y * hhh).Negate(1); // the factor 7; 3
        return new(sumX, sumY, Z * h);
    }
}
