using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <content>Products and squares: see <see cref="ILaneField"/> for the method and its bounds.</content>
internal readonly unsafe partial struct LaneField256 : ILaneField
{
    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* product, double* x, double* y)
    {
        MultiplyColumns(x, y, out Vector256<long> c0, out Vector256<long> c1, out Vector256<long> c2, out Vector256<long> c3, out Vector256<long> c4);
        Carry(
            product,
            c0 + Vector256.Create(LaneBias.Product0),
            c1 + Vector256.Create(LaneBias.Product1),
            c2 + Vector256.Create(LaneBias.Product2),
            c3 + Vector256.Create(LaneBias.Product3),
            c4 + Vector256.Create(LaneBias.Product4));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(double* square, double* x)
    {
        SquareColumns(x, out Vector256<long> c0, out Vector256<long> c1, out Vector256<long> c2, out Vector256<long> c3, out Vector256<long> c4);
        Carry(
            square,
            c0 + Vector256.Create(LaneBias.Square0),
            c1 + Vector256.Create(LaneBias.Square1),
            c2 + Vector256.Create(LaneBias.Square2),
            c3 + Vector256.Create(LaneBias.Square3),
            c4 + Vector256.Create(LaneBias.Square4));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyRaw(double* columns, double* x, double* y)
    {
        MultiplyColumns(x, y, out Vector256<long> c0, out Vector256<long> c1, out Vector256<long> c2, out Vector256<long> c3, out Vector256<long> c4);
        StoreColumns(columns, c0, c1, c2, c3, c4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquareRaw(double* columns, double* x)
    {
        SquareColumns(x, out Vector256<long> c0, out Vector256<long> c1, out Vector256<long> c2, out Vector256<long> c3, out Vector256<long> c4);
        StoreColumns(columns, c0, c1, c2, c3, c4);
    }

    /// <summary>The 25 products, written out: the compiler gives up on inlining so many helpers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyColumns(
        double* x, double* y, out Vector256<long> c0, out Vector256<long> c1, out Vector256<long> c2, out Vector256<long> c3, out Vector256<long> c4)
    {
        Vector256<double> highBias = Vector256.Create(LaneBias.High);
        Vector256<double> lowBias = Vector256.Create(LaneBias.LowAndHigh);
        Vector256<double> x0 = Vector256.LoadAligned(x);
        Vector256<double> x1 = Vector256.LoadAligned(x + 4);
        Vector256<double> x2 = Vector256.LoadAligned(x + 8);
        Vector256<double> x3 = Vector256.LoadAligned(x + 12);
        Vector256<double> x4 = Vector256.LoadAligned(x + 16);
        Vector256<double> y0 = Vector256.LoadAligned(y);
        Vector256<double> y1 = Vector256.LoadAligned(y + 4);
        Vector256<double> y2 = Vector256.LoadAligned(y + 8);
        Vector256<double> y3 = Vector256.LoadAligned(y + 12);
        Vector256<double> y4 = Vector256.LoadAligned(y + 16);

        Vector256<double> h4a = Fma.MultiplyAdd(x0, y4, highBias);
        Vector256<double> l4a = Fma.MultiplyAdd(x0, y4, lowBias - h4a);
        Vector256<double> g4a = Fma.MultiplyAdd(x1, y3, h4a);
        l4a += Fma.MultiplyAdd(x1, y3, h4a - g4a);
        Vector256<double> h4b = Fma.MultiplyAdd(x2, y2, highBias);
        Vector256<double> l4b = Fma.MultiplyAdd(x2, y2, lowBias - h4b);
        Vector256<double> g4b = Fma.MultiplyAdd(x3, y1, h4b);
        l4b += Fma.MultiplyAdd(x3, y1, h4b - g4b);
        Vector256<double> h4c = Fma.MultiplyAdd(x4, y0, highBias);
        Vector256<double> l4c = Fma.MultiplyAdd(x4, y0, lowBias - h4c);
        Vector256<long> low4 = l4a.AsInt64() + l4b.AsInt64() + l4c.AsInt64();
        Vector256<long> c5 = g4a.AsInt64() + g4b.AsInt64() + h4c.AsInt64();

        Vector256<double> h5a = Fma.MultiplyAdd(x1, y4, highBias);
        Vector256<double> l5a = Fma.MultiplyAdd(x1, y4, lowBias - h5a);
        Vector256<double> g5a = Fma.MultiplyAdd(x2, y3, h5a);
        l5a += Fma.MultiplyAdd(x2, y3, h5a - g5a);
        Vector256<double> h5b = Fma.MultiplyAdd(x3, y2, highBias);
        Vector256<double> l5b = Fma.MultiplyAdd(x3, y2, lowBias - h5b);
        Vector256<double> g5b = Fma.MultiplyAdd(x4, y1, h5b);
        l5b += Fma.MultiplyAdd(x4, y1, h5b - g5b);
        c5 += l5a.AsInt64() + l5b.AsInt64();
        Vector256<long> high5 = g5a.AsInt64() + g5b.AsInt64();

        Vector256<double> h6a = Fma.MultiplyAdd(x2, y4, highBias);
        Vector256<double> l6a = Fma.MultiplyAdd(x2, y4, lowBias - h6a);
        Vector256<double> g6a = Fma.MultiplyAdd(x3, y3, h6a);
        l6a += Fma.MultiplyAdd(x3, y3, h6a - g6a);
        Vector256<double> h6b = Fma.MultiplyAdd(x4, y2, highBias);
        Vector256<double> l6b = Fma.MultiplyAdd(x4, y2, lowBias - h6b);
        Vector256<long> c6 = l6a.AsInt64() + l6b.AsInt64() + high5;
        Vector256<long> high6 = g6a.AsInt64() + h6b.AsInt64();

        Vector256<double> h7a = Fma.MultiplyAdd(x3, y4, highBias);
        Vector256<double> l7a = Fma.MultiplyAdd(x3, y4, lowBias - h7a);
        Vector256<double> g7a = Fma.MultiplyAdd(x4, y3, h7a);
        l7a += Fma.MultiplyAdd(x4, y3, h7a - g7a);
        Vector256<long> c7 = l7a.AsInt64() + high6;
        Vector256<long> high7 = g7a.AsInt64();

        Vector256<double> h8a = Fma.MultiplyAdd(x4, y4, highBias);
        Vector256<double> l8a = Fma.MultiplyAdd(x4, y4, lowBias - h8a);
        Vector256<long> c8 = l8a.AsInt64() + high7;
        Vector256<long> c9 = h8a.AsInt64();

        Vector256<double> h0a = Fma.MultiplyAdd(x0, y0, highBias);
        Vector256<double> l0a = Fma.MultiplyAdd(x0, y0, lowBias - h0a);
        c0 = l0a.AsInt64() + Times19(c5);
        Vector256<long> high0 = h0a.AsInt64();

        Vector256<double> h1a = Fma.MultiplyAdd(x0, y1, highBias);
        Vector256<double> l1a = Fma.MultiplyAdd(x0, y1, lowBias - h1a);
        Vector256<double> g1a = Fma.MultiplyAdd(x1, y0, h1a);
        l1a += Fma.MultiplyAdd(x1, y0, h1a - g1a);
        c1 = l1a.AsInt64() + high0 + Times19(c6);
        Vector256<long> high1 = g1a.AsInt64();

        Vector256<double> h2a = Fma.MultiplyAdd(x0, y2, highBias);
        Vector256<double> l2a = Fma.MultiplyAdd(x0, y2, lowBias - h2a);
        Vector256<double> g2a = Fma.MultiplyAdd(x1, y1, h2a);
        l2a += Fma.MultiplyAdd(x1, y1, h2a - g2a);
        Vector256<double> h2b = Fma.MultiplyAdd(x2, y0, highBias);
        Vector256<double> l2b = Fma.MultiplyAdd(x2, y0, lowBias - h2b);
        c2 = l2a.AsInt64() + l2b.AsInt64() + high1 + Times19(c7);
        Vector256<long> high2 = g2a.AsInt64() + h2b.AsInt64();

        Vector256<double> h3a = Fma.MultiplyAdd(x0, y3, highBias);
        Vector256<double> l3a = Fma.MultiplyAdd(x0, y3, lowBias - h3a);
        Vector256<double> g3a = Fma.MultiplyAdd(x1, y2, h3a);
        l3a += Fma.MultiplyAdd(x1, y2, h3a - g3a);
        Vector256<double> h3b = Fma.MultiplyAdd(x2, y1, highBias);
        Vector256<double> l3b = Fma.MultiplyAdd(x2, y1, lowBias - h3b);
        Vector256<double> g3b = Fma.MultiplyAdd(x3, y0, h3b);
        l3b += Fma.MultiplyAdd(x3, y0, h3b - g3b);
        c3 = l3a.AsInt64() + l3b.AsInt64() + high2 + Times19(c8);
        c4 = low4 + g3a.AsInt64() + g3b.AsInt64() + Times19(c9);
    }

    /// <summary>The 15 products of a square; every factor of two stands on one factor of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SquareColumns(
        double* x, out Vector256<long> c0, out Vector256<long> c1, out Vector256<long> c2, out Vector256<long> c3, out Vector256<long> c4)
    {
        Vector256<double> highBias = Vector256.Create(LaneBias.High);
        Vector256<double> lowBias = Vector256.Create(LaneBias.LowAndHigh);
        Vector256<double> x0 = Vector256.LoadAligned(x);
        Vector256<double> x1 = Vector256.LoadAligned(x + 4);
        Vector256<double> x2 = Vector256.LoadAligned(x + 8);
        Vector256<double> x3 = Vector256.LoadAligned(x + 12);
        Vector256<double> x4 = Vector256.LoadAligned(x + 16);
        Vector256<double> d0 = x0 + x0;
        Vector256<double> d1 = x1 + x1;
        Vector256<double> d2 = x2 + x2;
        Vector256<double> d3 = x3 + x3;
        Vector256<double> h4a = Fma.MultiplyAdd(d0, x4, highBias);
        Vector256<double> l4a = Fma.MultiplyAdd(d0, x4, lowBias - h4a);
        Vector256<double> g4a = Fma.MultiplyAdd(x2, x2, h4a);
        l4a += Fma.MultiplyAdd(x2, x2, h4a - g4a);
        Vector256<double> h4b = Fma.MultiplyAdd(d1, x3, highBias);
        Vector256<double> l4b = Fma.MultiplyAdd(d1, x3, lowBias - h4b);
        Vector256<long> low4 = l4a.AsInt64() + l4b.AsInt64();
        Vector256<long> c5 = g4a.AsInt64() + h4b.AsInt64();

        Vector256<double> h5a = Fma.MultiplyAdd(d1, x4, highBias);
        Vector256<double> l5a = Fma.MultiplyAdd(d1, x4, lowBias - h5a);
        Vector256<double> h5b = Fma.MultiplyAdd(d2, x3, highBias);
        Vector256<double> l5b = Fma.MultiplyAdd(d2, x3, lowBias - h5b);
        c5 += l5a.AsInt64() + l5b.AsInt64();
        Vector256<long> high5 = h5a.AsInt64() + h5b.AsInt64();

        Vector256<double> h6a = Fma.MultiplyAdd(d2, x4, highBias);
        Vector256<double> l6a = Fma.MultiplyAdd(d2, x4, lowBias - h6a);
        Vector256<double> g6a = Fma.MultiplyAdd(x3, x3, h6a);
        l6a += Fma.MultiplyAdd(x3, x3, h6a - g6a);
        Vector256<long> c6 = l6a.AsInt64() + high5;
        Vector256<long> high6 = g6a.AsInt64();

        Vector256<double> h7a = Fma.MultiplyAdd(d3, x4, highBias);
        Vector256<double> l7a = Fma.MultiplyAdd(d3, x4, lowBias - h7a);
        Vector256<long> c7 = l7a.AsInt64() + high6;
        Vector256<long> high7 = h7a.AsInt64();

        Vector256<double> h8a = Fma.MultiplyAdd(x4, x4, highBias);
        Vector256<double> l8a = Fma.MultiplyAdd(x4, x4, lowBias - h8a);
        Vector256<long> c8 = l8a.AsInt64() + high7;
        Vector256<long> c9 = h8a.AsInt64();

        Vector256<double> h0a = Fma.MultiplyAdd(x0, x0, highBias);
        Vector256<double> l0a = Fma.MultiplyAdd(x0, x0, lowBias - h0a);
        c0 = l0a.AsInt64() + Times19(c5);
        Vector256<long> high0 = h0a.AsInt64();

        Vector256<double> h1a = Fma.MultiplyAdd(d0, x1, highBias);
        Vector256<double> l1a = Fma.MultiplyAdd(d0, x1, lowBias - h1a);
        c1 = l1a.AsInt64() + high0 + Times19(c6);
        Vector256<long> high1 = h1a.AsInt64();

        Vector256<double> h2a = Fma.MultiplyAdd(d0, x2, highBias);
        Vector256<double> l2a = Fma.MultiplyAdd(d0, x2, lowBias - h2a);
        Vector256<double> g2a = Fma.MultiplyAdd(x1, x1, h2a);
        l2a += Fma.MultiplyAdd(x1, x1, h2a - g2a);
        c2 = l2a.AsInt64() + high1 + Times19(c7);
        Vector256<long> high2 = g2a.AsInt64();

        Vector256<double> h3a = Fma.MultiplyAdd(d0, x3, highBias);
        Vector256<double> l3a = Fma.MultiplyAdd(d0, x3, lowBias - h3a);
        Vector256<double> h3b = Fma.MultiplyAdd(d1, x2, highBias);
        Vector256<double> l3b = Fma.MultiplyAdd(d1, x2, lowBias - h3b);
        c3 = l3a.AsInt64() + l3b.AsInt64() + high2 + Times19(c8);
        c4 = low4 + h3a.AsInt64() + h3b.AsInt64() + Times19(c9);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Times19(Vector256<long> x) =>
        Vector256.ShiftLeft(x, 4) + (x + x) + x; // AVX2 multiplies no 64-bit integers

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns(
        double* columns, Vector256<long> c0, Vector256<long> c1, Vector256<long> c2, Vector256<long> c3, Vector256<long> c4)
    {
        c0.AsDouble().StoreAligned(columns);
        c1.AsDouble().StoreAligned(columns + 4);
        c2.AsDouble().StoreAligned(columns + 8);
        c3.AsDouble().StoreAligned(columns + 12);
        c4.AsDouble().StoreAligned(columns + 16);
    }

    /// <summary>
    /// Carries columns, given with <see cref="LaneBias.Offset"/> added, once and in parallel, and stores them as limbs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        double* limbs, Vector256<long> c0, Vector256<long> c1, Vector256<long> c2, Vector256<long> c3, Vector256<long> c4)
    {
        Vector256<long> mask = Vector256.Create((1L << 51) - 1);
        Vector256<long> exponent = Vector256.Create(LaneBias.Two52Bits);
        Vector256<long> k0 = Vector256.ShiftRightLogical(c0, 51);
        Vector256<long> k1 = Vector256.ShiftRightLogical(c1, 51);
        Vector256<long> k2 = Vector256.ShiftRightLogical(c2, 51);
        Vector256<long> k3 = Vector256.ShiftRightLogical(c3, 51);
        Vector256<long> k4 = Vector256.ShiftRightLogical(c4, 51);
        Vector256<long> k4Times19 = Avx2.Multiply(k4.AsUInt32(), Vector256.Create(19L).AsUInt32()).AsInt64();

        // Limb plus carry as the low bits of a double from 2⁵² on; then all offsets go at once.
        Vector256<double> first = Vector256.Create(LaneBias.FirstLimb);
        Vector256<double> other = Vector256.Create(LaneBias.OtherLimb);
        ((((c0 & mask) | exponent) + k4Times19).AsDouble() - first).StoreAligned(limbs);
        ((((c1 & mask) | exponent) + k0).AsDouble() - other).StoreAligned(limbs + 4);
        ((((c2 & mask) | exponent) + k1).AsDouble() - other).StoreAligned(limbs + 8);
        ((((c3 & mask) | exponent) + k2).AsDouble() - other).StoreAligned(limbs + 12);
        ((((c4 & mask) | exponent) + k3).AsDouble() - other).StoreAligned(limbs + 16);
    }
}
