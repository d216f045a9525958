using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <content>Products and squares: see <see cref="ILaneField"/> for the method and its bounds.</content>
internal readonly unsafe partial struct LaneField512 : ILaneField
{
    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* product, double* x, double* y)
    {
        MultiplyColumns(x, y, out Vector512<long> c0, out Vector512<long> c1, out Vector512<long> c2, out Vector512<long> c3, out Vector512<long> c4);
        Carry(
            product,
            c0 + Vector512.Create(LaneBias.Product0),
            c1 + Vector512.Create(LaneBias.Product1),
            c2 + Vector512.Create(LaneBias.Product2),
            c3 + Vector512.Create(LaneBias.Product3),
            c4 + Vector512.Create(LaneBias.Product4));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(double* square, double* x)
    {
        SquareColumns(x, out Vector512<long> c0, out Vector512<long> c1, out Vector512<long> c2, out Vector512<long> c3, out Vector512<long> c4);
        Carry(
            square,
            c0 + Vector512.Create(LaneBias.Square0),
            c1 + Vector512.Create(LaneBias.Square1),
            c2 + Vector512.Create(LaneBias.Square2),
            c3 + Vector512.Create(LaneBias.Square3),
            c4 + Vector512.Create(LaneBias.Square4));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyRaw(double* columns, double* x, double* y)
    {
        MultiplyColumns(x, y, out Vector512<long> c0, out Vector512<long> c1, out Vector512<long> c2, out Vector512<long> c3, out Vector512<long> c4);
        StoreColumns(columns, c0, c1, c2, c3, c4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquareRaw(double* columns, double* x)
    {
        SquareColumns(x, out Vector512<long> c0, out Vector512<long> c1, out Vector512<long> c2, out Vector512<long> c3, out Vector512<long> c4);
        StoreColumns(columns, c0, c1, c2, c3, c4);
    }

    /// <summary>The 25 products, written out: the compiler gives up on inlining so many helpers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyColumns(
        double* x, double* y, out Vector512<long> c0, out Vector512<long> c1, out Vector512<long> c2, out Vector512<long> c3, out Vector512<long> c4)
    {
        Vector512<double> highBias = Vector512.Create(LaneBias.High);
        Vector512<double> lowBias = Vector512.Create(LaneBias.LowAndHigh);
        Vector512<double> x0 = Vector512.LoadAligned(x);
        Vector512<double> x1 = Vector512.LoadAligned(x + 8);
        Vector512<double> x2 = Vector512.LoadAligned(x + 16);
        Vector512<double> x3 = Vector512.LoadAligned(x + 24);
        Vector512<double> x4 = Vector512.LoadAligned(x + 32);
        Vector512<double> y0 = Vector512.LoadAligned(y);
        Vector512<double> y1 = Vector512.LoadAligned(y + 8);
        Vector512<double> y2 = Vector512.LoadAligned(y + 16);
        Vector512<double> y3 = Vector512.LoadAligned(y + 24);
        Vector512<double> y4 = Vector512.LoadAligned(y + 32);

        Vector512<double> h4a = Avx512F.FusedMultiplyAdd(x0, y4, highBias);
        Vector512<double> l4a = Avx512F.FusedMultiplyAdd(x0, y4, lowBias - h4a);
        Vector512<double> g4a = Avx512F.FusedMultiplyAdd(x1, y3, h4a);
        l4a += Avx512F.FusedMultiplyAdd(x1, y3, h4a - g4a);
        Vector512<double> h4b = Avx512F.FusedMultiplyAdd(x2, y2, highBias);
        Vector512<double> l4b = Avx512F.FusedMultiplyAdd(x2, y2, lowBias - h4b);
        Vector512<double> g4b = Avx512F.FusedMultiplyAdd(x3, y1, h4b);
        l4b += Avx512F.FusedMultiplyAdd(x3, y1, h4b - g4b);
        Vector512<double> h4c = Avx512F.FusedMultiplyAdd(x4, y0, highBias);
        Vector512<double> l4c = Avx512F.FusedMultiplyAdd(x4, y0, lowBias - h4c);
        Vector512<long> low4 = l4a.AsInt64() + l4b.AsInt64() + l4c.AsInt64();
        Vector512<long> c5 = g4a.AsInt64() + g4b.AsInt64() + h4c.AsInt64();

        Vector512<double> h5a = Avx512F.FusedMultiplyAdd(x1, y4, highBias);
        Vector512<double> l5a = Avx512F.FusedMultiplyAdd(x1, y4, lowBias - h5a);
        Vector512<double> g5a = Avx512F.FusedMultiplyAdd(x2, y3, h5a);
        l5a += Avx512F.FusedMultiplyAdd(x2, y3, h5a - g5a);
        Vector512<double> h5b = Avx512F.FusedMultiplyAdd(x3, y2, highBias);
        Vector512<double> l5b = Avx512F.FusedMultiplyAdd(x3, y2, lowBias - h5b);
        Vector512<double> g5b = Avx512F.FusedMultiplyAdd(x4, y1, h5b);
        l5b += Avx512F.FusedMultiplyAdd(x4, y1, h5b - g5b);
        c5 += l5a.AsInt64() + l5b.AsInt64();
        Vector512<long> high5 = g5a.AsInt64() + g5b.AsInt64();

        Vector512<double> h6a = Avx512F.FusedMultiplyAdd(x2, y4, highBias);
        Vector512<double> l6a = Avx512F.FusedMultiplyAdd(x2, y4, lowBias - h6a);
        Vector512<double> g6a = Avx512F.FusedMultiplyAdd(x3, y3, h6a);
        l6a += Avx512F.FusedMultiplyAdd(x3, y3, h6a - g6a);
        Vector512<double> h6b = Avx512F.FusedMultiplyAdd(x4, y2, highBias);
        Vector512<double> l6b = Avx512F.FusedMultiplyAdd(x4, y2, lowBias - h6b);
        Vector512<long> c6 = l6a.AsInt64() + l6b.AsInt64() + high5;
        Vector512<long> high6 = g6a.AsInt64() + h6b.AsInt64();

        Vector512<double> h7a = Avx512F.FusedMultiplyAdd(x3, y4, highBias);
        Vector512<double> l7a = Avx512F.FusedMultiplyAdd(x3, y4, lowBias - h7a);
        Vector512<double> g7a = Avx512F.FusedMultiplyAdd(x4, y3, h7a);
        l7a += Avx512F.FusedMultiplyAdd(x4, y3, h7a - g7a);
        Vector512<long> c7 = l7a.AsInt64() + high6;
        Vector512<long> high7 = g7a.AsInt64();

        Vector512<double> h8a = Avx512F.FusedMultiplyAdd(x4, y4, highBias);
        Vector512<double> l8a = Avx512F.FusedMultiplyAdd(x4, y4, lowBias - h8a);
        Vector512<long> c8 = l8a.AsInt64() + high7;
        Vector512<long> c9 = h8a.AsInt64();

        Vector512<double> h0a = Avx512F.FusedMultiplyAdd(x0, y0, highBias);
        Vector512<double> l0a = Avx512F.FusedMultiplyAdd(x0, y0, lowBias - h0a);
        c0 = l0a.AsInt64() + Times19(c5);
        Vector512<long> high0 = h0a.AsInt64();

        Vector512<double> h1a = Avx512F.FusedMultiplyAdd(x0, y1, highBias);
        Vector512<double> l1a = Avx512F.FusedMultiplyAdd(x0, y1, lowBias - h1a);
        Vector512<double> g1a = Avx512F.FusedMultiplyAdd(x1, y0, h1a);
        l1a += Avx512F.FusedMultiplyAdd(x1, y0, h1a - g1a);
        c1 = l1a.AsInt64() + high0 + Times19(c6);
        Vector512<long> high1 = g1a.AsInt64();

        Vector512<double> h2a = Avx512F.FusedMultiplyAdd(x0, y2, highBias);
        Vector512<double> l2a = Avx512F.FusedMultiplyAdd(x0, y2, lowBias - h2a);
        Vector512<double> g2a = Avx512F.FusedMultiplyAdd(x1, y1, h2a);
        l2a += Avx512F.FusedMultiplyAdd(x1, y1, h2a - g2a);
        Vector512<double> h2b = Avx512F.FusedMultiplyAdd(x2, y0, highBias);
        Vector512<double> l2b = Avx512F.FusedMultiplyAdd(x2, y0, lowBias - h2b);
        c2 = l2a.AsInt64() + l2b.AsInt64() + high1 + Times19(c7);
        Vector512<long> high2 = g2a.AsInt64() + h2b.AsInt64();

        Vector512<double> h3a = Avx512F.FusedMultiplyAdd(x0, y3, highBias);
        Vector512<double> l3a = Avx512F.FusedMultiplyAdd(x0, y3, lowBias - h3a);
        Vector512<double> g3a = Avx512F.FusedMultiplyAdd(x1, y2, h3a);
        l3a += Avx512F.FusedMultiplyAdd(x1, y2, h3a - g3a);
        Vector512<double> h3b = Avx512F.FusedMultiplyAdd(x2, y1, highBias);
        Vector512<double> l3b = Avx512F.FusedMultiplyAdd(x2, y1, lowBias - h3b);
        Vector512<double> g3b = Avx512F.FusedMultiplyAdd(x3, y0, h3b);
        l3b += Avx512F.FusedMultiplyAdd(x3, y0, h3b - g3b);
        c3 = l3a.AsInt64() + l3b.AsInt64() + high2 + Times19(c8);
        c4 = low4 + g3a.AsInt64() + g3b.AsInt64() + Times19(c9);
    }

    /// <summary>The 15 products of a square; every factor of two stands on one factor of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SquareColumns(
        double* x, out Vector512<long> c0, out Vector512<long> c1, out Vector512<long> c2, out Vector512<long> c3, out Vector512<long> c4)
    {
        Vector512<double> highBias = Vector512.Create(LaneBias.High);
        Vector512<double> lowBias = Vector512.Create(LaneBias.LowAndHigh);
        Vector512<double> x0 = Vector512.LoadAligned(x);
        Vector512<double> x1 = Vector512.LoadAligned(x + 8);
        Vector512<double> x2 = Vector512.LoadAligned(x + 16);
        Vector512<double> x3 = Vector512.LoadAligned(x + 24);
        Vector512<double> x4 = Vector512.LoadAligned(x + 32);
        Vector512<double> d0 = x0 + x0;
        Vector512<double> d1 = x1 + x1;
        Vector512<double> d2 = x2 + x2;
        Vector512<double> d3 = x3 + x3;
        Vector512<double> h4a = Avx512F.FusedMultiplyAdd(d0, x4, highBias);
        Vector512<double> l4a = Avx512F.FusedMultiplyAdd(d0, x4, lowBias - h4a);
        Vector512<double> g4a = Avx512F.FusedMultiplyAdd(x2, x2, h4a);
        l4a += Avx512F.FusedMultiplyAdd(x2, x2, h4a - g4a);
        Vector512<double> h4b = Avx512F.FusedMultiplyAdd(d1, x3, highBias);
        Vector512<double> l4b = Avx512F.FusedMultiplyAdd(d1, x3, lowBias - h4b);
        Vector512<long> low4 = l4a.AsInt64() + l4b.AsInt64();
        Vector512<long> c5 = g4a.AsInt64() + h4b.AsInt64();

        Vector512<double> h5a = Avx512F.FusedMultiplyAdd(d1, x4, highBias);
        Vector512<double> l5a = Avx512F.FusedMultiplyAdd(d1, x4, lowBias - h5a);
        Vector512<double> h5b = Avx512F.FusedMultiplyAdd(d2, x3, highBias);
        Vector512<double> l5b = Avx512F.FusedMultiplyAdd(d2, x3, lowBias - h5b);
        c5 += l5a.AsInt64() + l5b.AsInt64();
        Vector512<long> high5 = h5a.AsInt64() + h5b.AsInt64();

        Vector512<double> h6a = Avx512F.FusedMultiplyAdd(d2, x4, highBias);
        Vector512<double> l6a = Avx512F.FusedMultiplyAdd(d2, x4, lowBias - h6a);
        Vector512<double> g6a = Avx512F.FusedMultiplyAdd(x3, x3, h6a);
        l6a += Avx512F.FusedMultiplyAdd(x3, x3, h6a - g6a);
        Vector512<long> c6 = l6a.AsInt64() + high5;
        Vector512<long> high6 = g6a.AsInt64();

        Vector512<double> h7a = Avx512F.FusedMultiplyAdd(d3, x4, highBias);
        Vector512<double> l7a = Avx512F.FusedMultiplyAdd(d3, x4, lowBias - h7a);
        Vector512<long> c7 = l7a.AsInt64() + high6;
        Vector512<long> high7 = h7a.AsInt64();

        Vector512<double> h8a = Avx512F.FusedMultiplyAdd(x4, x4, highBias);
        Vector512<double> l8a = Avx512F.FusedMultiplyAdd(x4, x4, lowBias - h8a);
        Vector512<long> c8 = l8a.AsInt64() + high7;
        Vector512<long> c9 = h8a.AsInt64();

        Vector512<double> h0a = Avx512F.FusedMultiplyAdd(x0, x0, highBias);
        Vector512<double> l0a = Avx512F.FusedMultiplyAdd(x0, x0, lowBias - h0a);
        c0 = l0a.AsInt64() + Times19(c5);
        Vector512<long> high0 = h0a.AsInt64();

        Vector512<double> h1a = Avx512F.FusedMultiplyAdd(d0, x1, highBias);
        Vector512<double> l1a = Avx512F.FusedMultiplyAdd(d0, x1, lowBias - h1a);
        c1 = l1a.AsInt64() + high0 + Times19(c6);
        Vector512<long> high1 = h1a.AsInt64();

        Vector512<double> h2a = Avx512F.FusedMultiplyAdd(d0, x2, highBias);
        Vector512<double> l2a = Avx512F.FusedMultiplyAdd(d0, x2, lowBias - h2a);
        Vector512<double> g2a = Avx512F.FusedMultiplyAdd(x1, x1, h2a);
        l2a += Avx512F.FusedMultiplyAdd(x1, x1, h2a - g2a);
        c2 = l2a.AsInt64() + high1 + Times19(c7);
        Vector512<long> high2 = g2a.AsInt64();

        Vector512<double> h3a = Avx512F.FusedMultiplyAdd(d0, x3, highBias);
        Vector512<double> l3a = Avx512F.FusedMultiplyAdd(d0, x3, lowBias - h3a);
        Vector512<double> h3b = Avx512F.FusedMultiplyAdd(d1, x2, highBias);
        Vector512<double> l3b = Avx512F.FusedMultiplyAdd(d1, x2, lowBias - h3b);
        c3 = l3a.AsInt64() + l3b.AsInt64() + high2 + Times19(c8);
        c4 = low4 + h3a.AsInt64() + h3b.AsInt64() + Times19(c9);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Times19(Vector512<long> x) =>
        Avx512DQ.MultiplyLow(x, Vector512.Create(19L));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns(
        double* columns, Vector512<long> c0, Vector512<long> c1, Vector512<long> c2, Vector512<long> c3, Vector512<long> c4)
    {
        c0.AsDouble().StoreAligned(columns);
        c1.AsDouble().StoreAligned(columns + 8);
        c2.AsDouble().StoreAligned(columns + 16);
        c3.AsDouble().StoreAligned(columns + 24);
        c4.AsDouble().StoreAligned(columns + 32);
    }

    /// <summary>
    /// Carries columns, given with <see cref="LaneBias.Offset"/> added, once and in parallel, and stores them as limbs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        double* limbs, Vector512<long> c0, Vector512<long> c1, Vector512<long> c2, Vector512<long> c3, Vector512<long> c4)
    {
        Vector512<long> mask = Vector512.Create((1L << 51) - 1);
        Vector512<long> exponent = Vector512.Create(LaneBias.Two52Bits);
        Vector512<long> k0 = Vector512.ShiftRightLogical(c0, 51);
        Vector512<long> k1 = Vector512.ShiftRightLogical(c1, 51);
        Vector512<long> k2 = Vector512.ShiftRightLogical(c2, 51);
        Vector512<long> k3 = Vector512.ShiftRightLogical(c3, 51);
        Vector512<long> k4 = Vector512.ShiftRightLogical(c4, 51);
        Vector512<long> k4Times19 = Avx512F.Multiply(k4.AsUInt32(), Vector512.Create(19L).AsUInt32()).AsInt64();

        // Limb plus carry as the low bits of a double from 2⁵² on; then all offsets go at once.
        Vector512<double> first = Vector512.Create(LaneBias.FirstLimb);
        Vector512<double> other = Vector512.Create(LaneBias.OtherLimb);
        ((((c0 & mask) | exponent) + k4Times19).AsDouble() - first).StoreAligned(limbs);
        ((((c1 & mask) | exponent) + k0).AsDouble() - other).StoreAligned(limbs + 8);
        ((((c2 & mask) | exponent) + k1).AsDouble() - other).StoreAligned(limbs + 16);
        ((((c3 & mask) | exponent) + k2).AsDouble() - other).StoreAligned(limbs + 24);
        ((((c4 & mask) | exponent) + k3).AsDouble() - other).StoreAligned(limbs + 32);
    }
}
