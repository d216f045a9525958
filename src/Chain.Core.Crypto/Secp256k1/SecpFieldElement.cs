using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>
/// A number modulo p = 2²⁵⁶ − 2³² − 977 in five limbs of 52 bits (the last has 48), not necessarily reduced. Used on
/// public data only.
/// </summary>
/// <remarks>
/// <para>
/// Bounds. An element of <em>magnitude</em> m has limbs below m·(2⁵² + 2¹³) and a last limb below m·(2⁴⁸ + 2¹³).
/// Products, squares and parsed elements have magnitude 1, sums the sum of both, <c>Negate(m)</c> of an element of
/// magnitude at most m has m + 1: it subtracts from (m + 1)·p, whose limbs are larger by m + 1 times at least
/// 2⁵² − 2³³ − 2¹³·m. Factors may have a magnitude of up to <see cref="LargestFactor"/>. The callers state magnitudes
/// beside their sums.
/// </para>
/// <para>
/// Products. With factors below 2⁵⁶ the high half of (a·2⁶)·(b·2⁶) is ⌊ab / 2⁵²⌋, so a column needs no 128-bit sums: the
/// high parts (below 5·2⁶⁰ together) go to the next column, and the low parts are (Σab − 2⁵²·Σhigh) mod 2⁶⁴, exact
/// because their sum is below 5·2⁵². Columns 5 to 9 are multiplied by 2²⁶⁰ mod p in the same manner.
/// </para>
/// </remarks>
internal readonly partial struct SecpFieldElement
{
    /// <summary>The largest magnitude of a factor of a product.</summary>
    public const int LargestFactor = 15;

    private const ulong Mask = (1UL << 52) - 1;
    private const ulong TopMask = (1UL << 48) - 1;

    /// <summary>The limbs of p: the first, the three in the middle, the last.</summary>
    private const ulong P0 = 0xffffefffffc2f;
    private const ulong P1 = Mask;
    private const ulong P4 = TopMask;

    /// <summary>2²⁵⁶ mod p = 2³² + 977, and 2²⁶⁰ mod p.</summary>
    private const ulong FoldAt256 = 0x1000003d1;
    private const ulong FoldAt260 = FoldAt256 << 4;

    /// <summary>The limbs, least significant first.</summary>
    public readonly ulong L0;
    public readonly ulong L1;
    public readonly ulong L2;
    public readonly ulong L3;
    public readonly ulong L4;

    public SecpFieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
        L4 = l4;
    }

    public static SecpFieldElement Zero => default;

    public static SecpFieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>The constant of the curve y² = x³ + 7.</summary>
    public static SecpFieldElement Seven => new(7, 0, 0, 0, 0);

    /// <summary>The sum, without carries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SecpFieldElement operator +(in SecpFieldElement a, in SecpFieldElement b)
    {
        unchecked
        {
            return new(a.L0 + b.L0, a.L1 + b.L1, a.L2 + b.L2, a.L3 + b.L3, a.L4 + b.L4);
        }
    }

    /// <summary>(magnitude + 1)·p − this, where this has at most <paramref name="magnitude"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SecpFieldElement Negate(uint magnitude)
    {
        unchecked
        {
            ulong times = magnitude + 1;
            return new((P0 * times) - L0, (P1 * times) - L1, (P1 * times) - L2, (P1 * times) - L3, (P4 * times) - L4);
        }
    }

    /// <summary>This times a small number; the magnitude grows as many times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SecpFieldElement Times(uint factor)
    {
        unchecked
        {
            return new(L0 * factor, L1 * factor, L2 * factor, L3 * factor, L4 * factor);
        }
    }

    /// <summary>Half of this modulo p; magnitude m becomes m / 2 + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SecpFieldElement Half()
    {
        unchecked
        {
            // Adds p where this is odd; the bit that a limb loses becomes 2⁵¹ in the one below.
            ulong odd = 0 - (L0 & 1);
            ulong l0 = L0 + (P0 & odd), l1 = L1 + (P1 & odd), l2 = L2 + (P1 & odd), l3 = L3 + (P1 & odd), l4 = L4 + (P4 & odd);
            return new(
                (l0 >> 1) + ((l1 & 1) << 51),
                (l1 >> 1) + ((l2 & 1) << 51),
                (l2 >> 1) + ((l3 & 1) << 51),
                (l3 >> 1) + ((l4 & 1) << 51),
                l4 >> 1);
        }
    }

    /// <summary>The product, of magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static SecpFieldElement operator *(in SecpFieldElement a, in SecpFieldElement b)
    {
        unchecked
        {
            ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
            ulong b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4;

            ulong low0 = a0 * b0;
            ulong low1 = (a0 * b1) + (a1 * b0);
            ulong low2 = (a0 * b2) + (a1 * b1) + (a2 * b0);
            ulong low3 = (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0);
            ulong low4 = (a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1) + (a4 * b0);
            ulong low5 = (a1 * b4) + (a2 * b3) + (a3 * b2) + (a4 * b1);
            ulong low6 = (a2 * b4) + (a3 * b3) + (a4 * b2);
            ulong low7 = (a3 * b4) + (a4 * b3);
            ulong low8 = a4 * b4;

            a0 <<= 6;
            a1 <<= 6;
            a2 <<= 6;
            a3 <<= 6;
            a4 <<= 6;
            b0 <<= 6;
            b1 <<= 6;
            b2 <<= 6;
            b3 <<= 6;
            b4 <<= 6;

            ulong high0 = Words.High(a0, b0);
            ulong high1 = Words.High(a0, b1) + Words.High(a1, b0);
            ulong high2 = Words.High(a0, b2) + Words.High(a1, b1) + Words.High(a2, b0);
            ulong high3 = Words.High(a0, b3) + Words.High(a1, b2) + Words.High(a2, b1) + Words.High(a3, b0);
            ulong high4 = Words.High(a0, b4) + Words.High(a1, b3) + Words.High(a2, b2) + Words.High(a3, b1) + Words.High(a4, b0);
            ulong high5 = Words.High(a1, b4) + Words.High(a2, b3) + Words.High(a3, b2) + Words.High(a4, b1);
            ulong high6 = Words.High(a2, b4) + Words.High(a3, b3) + Words.High(a4, b2);
            ulong high7 = Words.High(a3, b4) + Words.High(a4, b3);
            ulong high8 = Words.High(a4, b4);

            return Fold(
                low0, low1 + high0, low2 + high1, low3 + high2, low4 + high3, low5 + high4, low6 + high5, low7 + high6,
                low8 + high7, high0, high1, high2, high3, high4, high5, high6, high7, high8);
        }
    }

    /// <summary>The square, of magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SecpFieldElement Square()
    {
        unchecked
        {
            ulong a0 = L0, a1 = L1, a2 = L2, a3 = L3, a4 = L4;
            ulong d0 = a0 * 2, d1 = a1 * 2, d2 = a2 * 2, d3 = a3 * 2;

            ulong low0 = a0 * a0;
            ulong low1 = d0 * a1;
            ulong low2 = (d0 * a2) + (a1 * a1);
            ulong low3 = (d0 * a3) + (d1 * a2);
            ulong low4 = (d0 * a4) + (d1 * a3) + (a2 * a2);
            ulong low5 = (d1 * a4) + (d2 * a3);
            ulong low6 = (d2 * a4) + (a3 * a3);
            ulong low7 = d3 * a4;
            ulong low8 = a4 * a4;

            a0 <<= 6;
            a1 <<= 6;
            a2 <<= 6;
            a3 <<= 6;
            a4 <<= 6;
            d0 <<= 6;
            d1 <<= 6;
            d2 <<= 6;
            d3 <<= 6;

            ulong high0 = Words.High(a0, a0);
            ulong high1 = Words.High(d0, a1);
            ulong high2 = Words.High(d0, a2) + Words.High(a1, a1);
            ulong high3 = Words.High(d0, a3) + Words.High(d1, a2);
            ulong high4 = Words.High(d0, a4) + Words.High(d1, a3) + Words.High(a2, a2);
            ulong high5 = Words.High(d1, a4) + Words.High(d2, a3);
            ulong high6 = Words.High(d2, a4) + Words.High(a3, a3);
            ulong high7 = Words.High(d3, a4);
            ulong high8 = Words.High(a4, a4);

            return Fold(
                low0, low1 + high0, low2 + high1, low3 + high2, low4 + high3, low5 + high4, low6 + high5, low7 + high6,
                low8 + high7, high0, high1, high2, high3, high4, high5, high6, high7, high8);
        }
    }

    /// <summary>This element squared <paramref name="times"/> times: its power 2^times.</summary>
    public SecpFieldElement SquareTimes(int times)
    {
        SecpFieldElement power = this;
        for (int i = 0; i < times; i++)
        {
            power = power.Square();
        }

        return power;
    }

    /// <summary>
    /// Columns to limbs. Columns are below 2⁶³ once their own high part is gone, the tenth below 2⁵²; so what leaves
    /// limb 4 (top) is below 2⁴² and the parallel carries below 2¹².
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SecpFieldElement Fold(
        ulong c0, ulong c1, ulong c2, ulong c3, ulong c4, ulong c5, ulong c6, ulong c7, ulong c8,
        ulong high0, ulong high1, ulong high2, ulong high3, ulong high4, ulong high5, ulong high6, ulong high7, ulong c9)
    {
        unchecked
        {
            c5 -= high5 << 52;
            c6 -= high6 << 52;
            c7 -= high7 << 52;
            c8 -= c9 << 52;

            ulong fold5 = Words.High(c5, FoldAt260 << 12);
            ulong fold6 = Words.High(c6, FoldAt260 << 12);
            ulong fold7 = Words.High(c7, FoldAt260 << 12);
            ulong fold8 = Words.High(c8, FoldAt260 << 12);
            ulong fold9 = Words.High(c9, FoldAt260 << 12);

            ulong r0 = c0 - (high0 << 52) + (c5 * FoldAt260) - (fold5 << 52);
            ulong r1 = c1 - (high1 << 52) + (c6 * FoldAt260) - (fold6 << 52) + fold5;
            ulong r2 = c2 - (high2 << 52) + (c7 * FoldAt260) - (fold7 << 52) + fold6;
            ulong r3 = c3 - (high3 << 52) + (c8 * FoldAt260) - (fold8 << 52) + fold7;
            ulong r4 = c4 - (high4 << 52) + (c9 * FoldAt260) - (fold9 << 52) + fold8;

            // top·2²⁵⁶ = top·977 + top·2³², the latter over two limbs.
            ulong top = (r4 >> 48) + (fold9 << 4);
            r0 += (top * 977) + ((top << 32) & Mask);
            r1 += top >> 20;
            return new(
                r0 & Mask,
                (r1 & Mask) + (r0 >> 52),
                (r2 & Mask) + (r1 >> 52),
                (r3 & Mask) + (r2 >> 52),
                (r4 & TopMask) + (r3 >> 52));
        }
    }
}
