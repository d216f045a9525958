using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>
/// Points of edwards25519, one in each lane. A point is four elements: U = Y − X, V = Y + X, Z and T = XY/Z, in this order;
/// T is kept only where an addition follows.
/// </summary>
internal static unsafe class LaneCurve<TField>
    where TField : struct, ILaneField
{
    /// <summary>Doubles that doubling and addition need for themselves.</summary>
    public static int ScratchLength => 8 * Element;

    private static int Element => 5 * TField.Lanes;

    /// <summary>
    /// Doubles in place. With uu, vv and uv for the products of U and V: 4XY = vv − uu, 2(Y² + X²) = vv + uu,
    /// 2(Y² − X²) = 2uv; all terms are twice those of the usual formula.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Double(double* point, double* scratch, bool withT)
    {
        unchecked
        {
            double* v = point + Element;
            double* z = v + Element;
            double* uu = scratch + (4 * Element);
            double* vv = uu + Element;
            double* zz = vv + Element;
            double* uv = zz + Element;
            TField.SquareRaw(uu, point);
            TField.SquareRaw(vv, v);
            TField.MultiplyRaw(uv, point, v);
            TField.SquareRaw(zz, z);
            TField.DoubleTerms(scratch, uu, vv, zz, uv);
            Complete(point, scratch, withT);
        }
    }

    /// <summary>Adds an entry Y − X, Y + X, Z, 2dT. The formula is complete.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* point, double* entry, double* scratch, bool withT)
    {
        unchecked
        {
            double* mm = scratch + (4 * Element);
            double* pp = mm + Element;
            double* zz = pp + Element;
            double* tt = zz + Element;
            TField.MultiplyRaw(mm, point, entry);
            TField.MultiplyRaw(pp, point + Element, entry + Element);
            TField.MultiplyRaw(zz, point + (2 * Element), entry + (2 * Element));
            TField.MultiplyRaw(tt, point + (3 * Element), entry + (3 * Element));
            TField.SumTerms(scratch, pp, mm, zz, tt);
            Complete(point, scratch, withT);
        }
    }

    /// <summary>Adds an entry y − x, y + x, 2dxy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAffine(double* point, double* entry, double* scratch, bool withT)
    {
        unchecked
        {
            double* mm = scratch + (4 * Element);
            double* pp = mm + Element;
            double* tt = pp + Element;
            TField.MultiplyRaw(mm, point, entry);
            TField.MultiplyRaw(pp, point + Element, entry + Element);
            TField.MultiplyRaw(tt, point + (3 * Element), entry + (2 * Element));
            TField.SumTermsAffine(scratch, pp, mm, point + (2 * Element), tt);
            Complete(point, scratch, withT);
        }
    }

    /// <summary>X = EF and Y = GH, kept as their difference and sum, Z = FG, T = EH.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Complete(double* point, double* scratch, bool withT)
    {
        unchecked
        {
            double* e = scratch;
            double* f = e + Element;
            double* g = f + Element;
            double* h = g + Element;
            double* x = h + Element;
            double* y = x + Element;
            TField.MultiplyRaw(x, e, f);
            TField.MultiplyRaw(y, g, h);
            TField.Multiply(point + (2 * Element), f, g);
            if (withT)
            {
                TField.Multiply(point + (3 * Element), e, h);
            }

            TField.DifferenceAndSum(point, point + Element, x, y);
        }
    }
}
