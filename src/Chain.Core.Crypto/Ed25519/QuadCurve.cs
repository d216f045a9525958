using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <summary>
/// One point of edwards25519 with its coordinates side by side: an element of <see cref="LaneField256"/> whose lanes are
/// U = Y − X, V = Y + X, Z and T. A doubling or an addition is two products of four lanes (the formulas are those of
/// <see cref="LaneCurve{TField}"/>); this is for one signature alone, where several in lanes have nothing to share.
/// </summary>
/// <remarks>Bounds: every step carries all four lanes, so all operands are elements as <see cref="ILaneField"/> wants them.</remarks>
internal static unsafe class QuadCurve
{
    /// <summary>Doubles in a point.</summary>
    public const int Element = 20;

    /// <summary>Doubles that the operations need for themselves.</summary>
    public const int ScratchLength = 3 * Element;

    // The order of lanes: two bits a lane, lane 0 lowest.
    private const byte Lanes0120 = 0b00_10_01_00;
    private const byte Lanes0121 = 0b01_10_01_00;
    private const byte Lanes0210 = 0b00_01_10_00;
    private const byte Lanes1323 = 0b11_10_11_01;
    private const byte Lanes1231 = 0b01_11_10_01;
    private const byte Lanes0330 = 0b00_11_11_00;
    private const byte Lanes1221 = 0b01_10_10_01;
    private const byte Lanes1123 = 0b11_10_01_01;
    private const byte Lanes0000 = 0;
    private const byte Lanes1023 = 0b11_10_00_01;

    /// <summary>Doubles in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Double(double* point, double* scratch)
    {
        unchecked
        {
            double* x = scratch;
            double* y = x + Element;
            double* columns = y + Element;
            for (int k = 0; k < Element; k += 4)
            {
                Vector256<double> limb = Vector256.LoadAligned(point + k);
                Avx2.Permute4x64(limb, Lanes0120).StoreAligned(x + k);
                Avx2.Permute4x64(limb, Lanes0121).StoreAligned(y + k);
            }

            LaneField256.MultiplyRaw(columns, x, y); // UU, VV, ZZ, UV
            DoubleTerms(x, y, columns);
            LaneField256.MultiplyRaw(columns, x, y); // X = EF, Y = GH, Z = FG, T = EH
            Complete(point, columns);
        }
    }

    /// <summary>Adds an entry with the lanes Y − X, Y + X, Z, 2dT.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* point, double* entry, double* scratch)
    {
        unchecked
        {
            double* x = scratch;
            double* y = x + Element;
            double* columns = y + Element;
            LaneField256.MultiplyRaw(columns, point, entry); // MM, PP, ZZ, TT
            SumTerms(x, y, columns);
            LaneField256.MultiplyRaw(columns, x, y);
            Complete(point, columns);
        }
    }

    /// <summary>The entry of the negative point.</summary>
    public static void Negate(double* negative, double* entry)
    {
        Vector256<double> sign = Vector256.Create(0.0, 0.0, 0.0, -0.0);
        for (int k = 0; k < Element; k += 4)
        {
            (Avx2.Permute4x64(Vector256.LoadAligned(entry + k), Lanes1023) ^ sign).StoreAligned(negative + k);
        }
    }

    /// <summary>E = VV − UU, F = 4ZZ − 2UV, G = UV + UV, H = VV + UU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DoubleTerms(double* x, double* y, double* columns)
    {
        Vector256<ulong> minuendShift = Vector256.Create(0UL, 2, 0, 0);
        Vector256<ulong> subtrahendShift = Vector256.Create(0UL, 1, 0, 0);
        Vector256<long> minus = Vector256.Create(-1L, -1, 0, 0);
        Vector256<long> c0 = Term(columns, 0, minuendShift, subtrahendShift, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum0, LaneBias.ProductSum0, LaneBias.ProductSum0);
        Vector256<long> c1 = Term(columns, 4, minuendShift, subtrahendShift, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum1, LaneBias.ProductSum1, LaneBias.ProductSum1);
        Vector256<long> c2 = Term(columns, 8, minuendShift, subtrahendShift, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum2, LaneBias.ProductSum2, LaneBias.ProductSum2);
        Vector256<long> c3 = Term(columns, 12, minuendShift, subtrahendShift, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum3, LaneBias.ProductSum3, LaneBias.ProductSum3);
        Vector256<long> c4 = Term(columns, 16, minuendShift, subtrahendShift, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum4, LaneBias.ProductSum4, LaneBias.ProductSum4);
        StoreTerms(x, y, c0, c1, c2, c3, c4);

        static Vector256<long> Term(
            double* columns, int k, Vector256<ulong> shiftA, Vector256<ulong> shiftB, Vector256<long> minus)
        {
            Vector256<long> column = Vector256.LoadAligned(unchecked(columns + k)).AsInt64();
            Vector256<long> a = Avx2.ShiftLeftLogicalVariable(Avx2.Permute4x64(column, Lanes1231), shiftA);
            Vector256<long> b = Avx2.ShiftLeftLogicalVariable(Avx2.Permute4x64(column, Lanes0330), shiftB);
            return a + ((b ^ minus) - minus);
        }
    }

    /// <summary>E = PP − MM, F = 2ZZ − TT, G = 2ZZ + TT, H = PP + MM.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumTerms(double* x, double* y, double* columns)
    {
        Vector256<ulong> shift = Vector256.Create(0UL, 1, 1, 0);
        Vector256<long> minus = Vector256.Create(-1L, -1, 0, 0);
        Vector256<long> c0 = Term(columns, 0, shift, minus) + Bias(LaneBias.Offset, LaneBias.Product0, LaneBias.ProductTriple0, LaneBias.ProductSum0);
        Vector256<long> c1 = Term(columns, 4, shift, minus) + Bias(LaneBias.Offset, LaneBias.Product1, LaneBias.ProductTriple1, LaneBias.ProductSum1);
        Vector256<long> c2 = Term(columns, 8, shift, minus) + Bias(LaneBias.Offset, LaneBias.Product2, LaneBias.ProductTriple2, LaneBias.ProductSum2);
        Vector256<long> c3 = Term(columns, 12, shift, minus) + Bias(LaneBias.Offset, LaneBias.Product3, LaneBias.ProductTriple3, LaneBias.ProductSum3);
        Vector256<long> c4 = Term(columns, 16, shift, minus) + Bias(LaneBias.Offset, LaneBias.Product4, LaneBias.ProductTriple4, LaneBias.ProductSum4);
        StoreTerms(x, y, c0, c1, c2, c3, c4);

        static Vector256<long> Term(double* columns, int k, Vector256<ulong> shift, Vector256<long> minus)
        {
            Vector256<long> column = Vector256.LoadAligned(unchecked(columns + k)).AsInt64();
            Vector256<long> a = Avx2.ShiftLeftLogicalVariable(Avx2.Permute4x64(column, Lanes1221), shift);
            Vector256<long> b = Avx2.Permute4x64(column, Lanes0330);
            return a + ((b ^ minus) - minus);
        }
    }

    /// <summary>U = Y − X, V = Y + X, Z, T from columns of X, Y, Z, T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Complete(double* point, double* columns)
    {
        Vector256<long> minus = Vector256.Create(-1L, 0, 0, 0);
        Vector256<long> keep = Vector256.Create(-1L, -1, 0, 0);
        Vector256<long> c0 = Term(columns, 0, keep, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum0, LaneBias.Product0, LaneBias.Product0);
        Vector256<long> c1 = Term(columns, 4, keep, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum1, LaneBias.Product1, LaneBias.Product1);
        Vector256<long> c2 = Term(columns, 8, keep, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum2, LaneBias.Product2, LaneBias.Product2);
        Vector256<long> c3 = Term(columns, 12, keep, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum3, LaneBias.Product3, LaneBias.Product3);
        Vector256<long> c4 = Term(columns, 16, keep, minus) + Bias(LaneBias.Offset, LaneBias.ProductSum4, LaneBias.Product4, LaneBias.Product4);
        LaneField256.Carry(point, c0, c1, c2, c3, c4);

        static Vector256<long> Term(double* columns, int k, Vector256<long> keep, Vector256<long> minus)
        {
            Vector256<long> column = Vector256.LoadAligned(unchecked(columns + k)).AsInt64();
            Vector256<long> b = Avx2.Permute4x64(column, Lanes0000) & keep;
            return Avx2.Permute4x64(column, Lanes1123) + ((b ^ minus) - minus);
        }
    }

    /// <summary>Carries E, F, G, H and stores the factors E, G, F, E and F, H, G, H.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTerms(
        double* x, double* y, Vector256<long> c0, Vector256<long> c1, Vector256<long> c2, Vector256<long> c3, Vector256<long> c4)
    {
        unchecked
        {
            LaneField256.Carry(x, c0, c1, c2, c3, c4);
            for (int k = 0; k < Element; k += 4)
            {
                Vector256<double> limb = Vector256.LoadAligned(x + k);
                Avx2.Permute4x64(limb, Lanes0210).StoreAligned(x + k);
                Avx2.Permute4x64(limb, Lanes1323).StoreAligned(y + k);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Bias(long e, long f, long g, long h) => Vector256.Create(e, f, g, h);
}
