using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <content>Sums of columns, carried; tests of elements.</content>
internal readonly unsafe partial struct LaneField256
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DoubleTerms(double* efgh, double* uu, double* vv, double* zz, double* uv)
    {
        unchecked
        {
            Carry(
                efgh,
                Column(vv, 0) - Column(uu, 0) + Vector256.Create(LaneBias.Offset),
                Column(vv, 1) - Column(uu, 1) + Vector256.Create(LaneBias.Offset),
                Column(vv, 2) - Column(uu, 2) + Vector256.Create(LaneBias.Offset),
                Column(vv, 3) - Column(uu, 3) + Vector256.Create(LaneBias.Offset),
                Column(vv, 4) - Column(uu, 4) + Vector256.Create(LaneBias.Offset));
            Carry(
                efgh + 20,
                Twice(Twice(Column(zz, 0)) - Column(uv, 0)) + Vector256.Create(LaneBias.DoubleF0),
                Twice(Twice(Column(zz, 1)) - Column(uv, 1)) + Vector256.Create(LaneBias.DoubleF1),
                Twice(Twice(Column(zz, 2)) - Column(uv, 2)) + Vector256.Create(LaneBias.DoubleF2),
                Twice(Twice(Column(zz, 3)) - Column(uv, 3)) + Vector256.Create(LaneBias.DoubleF3),
                Twice(Twice(Column(zz, 4)) - Column(uv, 4)) + Vector256.Create(LaneBias.DoubleF4));
            Carry(
                efgh + 40,
                Twice(Column(uv, 0)) + Vector256.Create(LaneBias.ProductSum0),
                Twice(Column(uv, 1)) + Vector256.Create(LaneBias.ProductSum1),
                Twice(Column(uv, 2)) + Vector256.Create(LaneBias.ProductSum2),
                Twice(Column(uv, 3)) + Vector256.Create(LaneBias.ProductSum3),
                Twice(Column(uv, 4)) + Vector256.Create(LaneBias.ProductSum4));
            Carry(
                efgh + 60,
                Column(vv, 0) + Column(uu, 0) + Vector256.Create(LaneBias.SquareSum0),
                Column(vv, 1) + Column(uu, 1) + Vector256.Create(LaneBias.SquareSum1),
                Column(vv, 2) + Column(uu, 2) + Vector256.Create(LaneBias.SquareSum2),
                Column(vv, 3) + Column(uu, 3) + Vector256.Create(LaneBias.SquareSum3),
                Column(vv, 4) + Column(uu, 4) + Vector256.Create(LaneBias.SquareSum4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumTerms(double* efgh, double* pp, double* mm, double* zz, double* tt)
    {
        unchecked
        {
            Carry(
                efgh,
                Column(pp, 0) - Column(mm, 0) + Vector256.Create(LaneBias.Offset),
                Column(pp, 1) - Column(mm, 1) + Vector256.Create(LaneBias.Offset),
                Column(pp, 2) - Column(mm, 2) + Vector256.Create(LaneBias.Offset),
                Column(pp, 3) - Column(mm, 3) + Vector256.Create(LaneBias.Offset),
                Column(pp, 4) - Column(mm, 4) + Vector256.Create(LaneBias.Offset));
            Carry(
                efgh + 20,
                Twice(Column(zz, 0)) - Column(tt, 0) + Vector256.Create(LaneBias.Product0),
                Twice(Column(zz, 1)) - Column(tt, 1) + Vector256.Create(LaneBias.Product1),
                Twice(Column(zz, 2)) - Column(tt, 2) + Vector256.Create(LaneBias.Product2),
                Twice(Column(zz, 3)) - Column(tt, 3) + Vector256.Create(LaneBias.Product3),
                Twice(Column(zz, 4)) - Column(tt, 4) + Vector256.Create(LaneBias.Product4));
            Carry(
                efgh + 40,
                Twice(Column(zz, 0)) + Column(tt, 0) + Vector256.Create(LaneBias.ProductTriple0),
                Twice(Column(zz, 1)) + Column(tt, 1) + Vector256.Create(LaneBias.ProductTriple1),
                Twice(Column(zz, 2)) + Column(tt, 2) + Vector256.Create(LaneBias.ProductTriple2),
                Twice(Column(zz, 3)) + Column(tt, 3) + Vector256.Create(LaneBias.ProductTriple3),
                Twice(Column(zz, 4)) + Column(tt, 4) + Vector256.Create(LaneBias.ProductTriple4));
            Carry(
                efgh + 60,
                Column(pp, 0) + Column(mm, 0) + Vector256.Create(LaneBias.ProductSum0),
                Column(pp, 1) + Column(mm, 1) + Vector256.Create(LaneBias.ProductSum1),
                Column(pp, 2) + Column(mm, 2) + Vector256.Create(LaneBias.ProductSum2),
                Column(pp, 3) + Column(mm, 3) + Vector256.Create(LaneBias.ProductSum3),
                Column(pp, 4) + Column(mm, 4) + Vector256.Create(LaneBias.ProductSum4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumTermsAffine(double* efgh, double* pp, double* mm, double* z, double* tt)
    {
        unchecked
        {
            Carry(
                efgh,
                Column(pp, 0) - Column(mm, 0) + Vector256.Create(LaneBias.Offset),
                Column(pp, 1) - Column(mm, 1) + Vector256.Create(LaneBias.Offset),
                Column(pp, 2) - Column(mm, 2) + Vector256.Create(LaneBias.Offset),
                Column(pp, 3) - Column(mm, 3) + Vector256.Create(LaneBias.Offset),
                Column(pp, 4) - Column(mm, 4) + Vector256.Create(LaneBias.Offset));
            Carry(
                efgh + 20,
                Twice(Bits(z, 0)) - Column(tt, 0) + Vector256.Create(LaneBias.AffineF0),
                Twice(Bits(z, 1)) - Column(tt, 1) + Vector256.Create(LaneBias.AffineF1),
                Twice(Bits(z, 2)) - Column(tt, 2) + Vector256.Create(LaneBias.AffineF2),
                Twice(Bits(z, 3)) - Column(tt, 3) + Vector256.Create(LaneBias.AffineF3),
                Twice(Bits(z, 4)) - Column(tt, 4) + Vector256.Create(LaneBias.AffineF4));
            Carry(
                efgh + 40,
                Twice(Bits(z, 0)) + Column(tt, 0) + Vector256.Create(LaneBias.AffineG0),
                Twice(Bits(z, 1)) + Column(tt, 1) + Vector256.Create(LaneBias.AffineG1),
                Twice(Bits(z, 2)) + Column(tt, 2) + Vector256.Create(LaneBias.AffineG2),
                Twice(Bits(z, 3)) + Column(tt, 3) + Vector256.Create(LaneBias.AffineG3),
                Twice(Bits(z, 4)) + Column(tt, 4) + Vector256.Create(LaneBias.AffineG4));
            Carry(
                efgh + 60,
                Column(pp, 0) + Column(mm, 0) + Vector256.Create(LaneBias.ProductSum0),
                Column(pp, 1) + Column(mm, 1) + Vector256.Create(LaneBias.ProductSum1),
                Column(pp, 2) + Column(mm, 2) + Vector256.Create(LaneBias.ProductSum2),
                Column(pp, 3) + Column(mm, 3) + Vector256.Create(LaneBias.ProductSum3),
                Column(pp, 4) + Column(mm, 4) + Vector256.Create(LaneBias.ProductSum4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DifferenceAndSum(double* difference, double* sum, double* x, double* y)
    {
        unchecked
        {
            Carry(
                difference,
                Column(y, 0) - Column(x, 0) + Vector256.Create(LaneBias.Offset),
                Column(y, 1) - Column(x, 1) + Vector256.Create(LaneBias.Offset),
                Column(y, 2) - Column(x, 2) + Vector256.Create(LaneBias.Offset),
                Column(y, 3) - Column(x, 3) + Vector256.Create(LaneBias.Offset),
                Column(y, 4) - Column(x, 4) + Vector256.Create(LaneBias.Offset));
            Carry(
                sum,
                Column(y, 0) + Column(x, 0) + Vector256.Create(LaneBias.ProductSum0),
                Column(y, 1) + Column(x, 1) + Vector256.Create(LaneBias.ProductSum1),
                Column(y, 2) + Column(x, 2) + Vector256.Create(LaneBias.ProductSum2),
                Column(y, 3) + Column(x, 3) + Vector256.Create(LaneBias.ProductSum3),
                Column(y, 4) + Column(x, 4) + Vector256.Create(LaneBias.ProductSum4));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* sum, double* x, double* y)
    {
        unchecked
        {
            Carry(
                sum,
                Bits(x, 0) + Bits(y, 0) + Vector256.Create(LaneBias.TwoLimbs),
                Bits(x, 1) + Bits(y, 1) + Vector256.Create(LaneBias.TwoLimbs),
                Bits(x, 2) + Bits(y, 2) + Vector256.Create(LaneBias.TwoLimbs),
                Bits(x, 3) + Bits(y, 3) + Vector256.Create(LaneBias.TwoLimbs),
                Bits(x, 4) + Bits(y, 4) + Vector256.Create(LaneBias.TwoLimbs));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(double* difference, double* x, double* y)
    {
        unchecked
        {
            Carry(
                difference,
                Bits(x, 0) - Bits(y, 0) + Vector256.Create(LaneBias.Offset),
                Bits(x, 1) - Bits(y, 1) + Vector256.Create(LaneBias.Offset),
                Bits(x, 2) - Bits(y, 2) + Vector256.Create(LaneBias.Offset),
                Bits(x, 3) - Bits(y, 3) + Vector256.Create(LaneBias.Offset),
                Bits(x, 4) - Bits(y, 4) + Vector256.Create(LaneBias.Offset));
        }
    }

    public static int ZeroLanes(double* x)
    {
        unchecked
        {
            Vector256<double> any = Limb(x, 0) | Limb(x, 1) | Limb(x, 2) | Limb(x, 3) | Limb(x, 4);
            return (int)Vector256.Equals(any & Vector256.Create(long.MaxValue).AsDouble(), Vector256<double>.Zero).ExtractMostSignificantBits();
        }
    }

    public static int OddLanes(double* x)
    {
        unchecked
        {
            // The sign is that of the highest limb that is not zero; a negative number is p, an odd one, away from its representative.
            Vector256<double> top = Limb(x, 0);
            for (int k = 1; k < 5; k++)
            {
                Vector256<double> limb = Limb(x, k);
                top = Vector256.ConditionalSelect(Vector256.Equals(limb, Vector256<double>.Zero), top, limb);
            }

            int negative = (int)Vector256.LessThan(top, Vector256<double>.Zero).ExtractMostSignificantBits();
            int odd = (int)Vector256.ShiftLeft(Bits(x, 0), 63).ExtractMostSignificantBits();
            return odd ^ negative;
        }
    }

    public static void NegateLanes(double* x, int lanes)
    {
        unchecked
        {
            Vector256<double> sign = LaneMask(lanes) & Vector256.Create(-0.0);
            for (int k = 0; k < 5; k++)
            {
                (Limb(x, k) ^ sign).StoreAligned(x + (4 * k));
            }
        }
    }

    public static void ReplaceLanes(double* x, double* by, int lanes)
    {
        unchecked
        {
            Vector256<double> mask = LaneMask(lanes);
            for (int k = 0; k < 5; k++)
            {
                Vector256.ConditionalSelect(mask, Limb(by, k), Limb(x, k)).StoreAligned(x + (4 * k));
            }
        }
    }

    /// <summary>
    /// Carries columns, given with <see cref="LaneBias.Offset"/> added, once and in parallel, and stores them as limbs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Carry(
        double* limbs, Vector256<long> c0, Vector256<long> c1, Vector256<long> c2, Vector256<long> c3, Vector256<long> c4)
    {
        unchecked
        {
            // Limb plus carry as the low bits of a double from 2⁵² on; then all offsets go at once.
            Vector256<long> mask = Vector256.Create((1L << 51) - 1);
            Vector256<long> exponent = Vector256.Create(LaneBias.Two52Bits);
            Vector256<long> k4 = Avx2.Multiply(Vector256.ShiftRightLogical(c4, 51).AsUInt32(), Vector256.Create(19L).AsUInt32()).AsInt64();
            ((((c0 & mask) | exponent) + k4).AsDouble() - Vector256.Create(LaneBias.FirstLimb)).StoreAligned(limbs);
            ((((c1 & mask) | exponent) + Vector256.ShiftRightLogical(c0, 51)).AsDouble() - Vector256.Create(LaneBias.OtherLimb)).StoreAligned(limbs + 4);
            ((((c2 & mask) | exponent) + Vector256.ShiftRightLogical(c1, 51)).AsDouble() - Vector256.Create(LaneBias.OtherLimb)).StoreAligned(limbs + 8);
            ((((c3 & mask) | exponent) + Vector256.ShiftRightLogical(c2, 51)).AsDouble() - Vector256.Create(LaneBias.OtherLimb)).StoreAligned(limbs + 12);
            ((((c4 & mask) | exponent) + Vector256.ShiftRightLogical(c3, 51)).AsDouble() - Vector256.Create(LaneBias.OtherLimb)).StoreAligned(limbs + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Column(double* columns, int k) => Vector256.LoadAligned(unchecked(columns + (4 * k))).AsInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Limb(double* x, int k) => Vector256.LoadAligned(unchecked(x + (4 * k)));

    /// <summary>The limb as the low bits of a double around 1.5·2⁵²: an integer plus <see cref="LaneBias.LowBits"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Bits(double* x, int k) => (Limb(x, k) + Vector256.Create(LaneBias.Low)).AsInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Twice(Vector256<long> column) => column + column;

    /// <summary>All ones in the lanes whose bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> LaneMask(int lanes)
    {
        Vector256<long> bits = Vector256.Create(1L, 2, 4, 8);
        return Vector256.Equals(Vector256.Create((long)lanes) & bits, bits).AsDouble();
    }
}
