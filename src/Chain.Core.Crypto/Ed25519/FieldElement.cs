using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <summary>
/// A number modulo p = 2²⁵⁵ − 19 in five limbs of 51 bits, not necessarily reduced. Variable time in nothing, but used
/// on public data only.
/// </summary>
/// <remarks>
/// <para>
/// Bounds. A limb is <em>tight</em> below 2⁵¹ + 2¹⁸ and <em>loose</em> below 2⁵³·⁵. Products, squares and parsed
/// elements are tight. The sum of two tight elements is below 2⁵² + 2¹⁹, a difference with a tight subtrahend adds 2p,
/// so below minuend + 2⁵²: one level of either is loose, and so is a tight or twofold element on top of it.
/// Factors may be loose; a subtrahend of <c>-</c> must be tight, and the minuend below 2⁵³.
/// </para>
/// <para>
/// Products. The high half of (a·2⁷)·(b·2⁶) is ⌊ab / 2⁵¹⌋, so a column needs no 128-bit sums: the sum of the high
/// parts goes to the next column, and the sum of the low parts is (Σab − 2⁵¹·Σhigh) mod 2⁶⁴, exact because it is below
/// 5·2⁵¹. With loose factors a·2⁷ &lt; 2⁶⁰·⁵ and 19b·2⁶ &lt; 2⁶³·⁸; a folded column's high sum is below
/// 5·19·2⁵⁶ &lt; 2⁶²·⁶.
/// </para>
/// </remarks>
internal readonly partial struct FieldElement
{
    private const ulong Mask = (1UL << 51) - 1;

    /// <summary>The limbs, least significant first.</summary>
    public readonly ulong L0;
    public readonly ulong L1;
    public readonly ulong L2;
    public readonly ulong L3;
    public readonly ulong L4;

    /// <summary>Takes limbs as they are; they must be loose.</summary>
    public FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
        L4 = l4;
    }

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>d = −121665 / 121666 of the curve −x² + y² = 1 + d·x²·y².</summary>
    public static FieldElement D =>
        new(0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff);

    /// <summary>2d.</summary>
    public static FieldElement TwoD =>
        new(0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff);

    /// <summary>The even square root of −1.</summary>
    public static FieldElement SquareRootOfMinusOne =>
        new(0x61b274a0ea0b0, 0xd5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d);

    /// <summary>The sum, without carries: see the bounds above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement a, in FieldElement b)
    {
        unchecked
        {
            return new(a.L0 + b.L0, a.L1 + b.L1, a.L2 + b.L2, a.L3 + b.L3, a.L4 + b.L4);
        }
    }

    /// <summary>The difference plus 2p, without carries; <paramref name="b"/> must be tight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        const ulong First = (1UL << 52) - 38;
        const ulong Other = (1UL << 52) - 2;
        unchecked
        {
            return new(
                a.L0 + First - b.L0, a.L1 + Other - b.L1, a.L2 + Other - b.L2, a.L3 + Other - b.L3, a.L4 + Other - b.L4);
        }
    }

    /// <summary>The negative of a tight element, tight.</summary>
    public FieldElement Negate() => CarryOnce(Zero - this);

    /// <summary>The product, tight; the factors may be loose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        unchecked
        {
            ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
            ulong b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4;
            ulong c1 = b1 * 19, c2 = b2 * 19, c3 = b3 * 19, c4 = b4 * 19;

            ulong low0 = (a0 * b0) + (a1 * c4) + (a2 * c3) + (a3 * c2) + (a4 * c1);
            ulong low1 = (a0 * b1) + (a1 * b0) + (a2 * c4) + (a3 * c3) + (a4 * c2);
            ulong low2 = (a0 * b2) + (a1 * b1) + (a2 * b0) + (a3 * c4) + (a4 * c3);
            ulong low3 = (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0) + (a4 * c4);
            ulong low4 = (a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1) + (a4 * b0);

            a0 <<= 7;
            a1 <<= 7;
            a2 <<= 7;
            a3 <<= 7;
            a4 <<= 7;
            b0 <<= 6;
            b1 <<= 6;
            b2 <<= 6;
            b3 <<= 6;
            b4 <<= 6;
            c1 <<= 6;
            c2 <<= 6;
            c3 <<= 6;
            c4 <<= 6;

            ulong high0 = High(a0, b0) + High(a1, c4) + High(a2, c3) + High(a3, c2) + High(a4, c1);
            ulong high1 = High(a0, b1) + High(a1, b0) + High(a2, c4) + High(a3, c3) + High(a4, c2);
            ulong high2 = High(a0, b2) + High(a1, b1) + High(a2, b0) + High(a3, c4) + High(a4, c3);
            ulong high3 = High(a0, b3) + High(a1, b2) + High(a2, b1) + High(a3, b0) + High(a4, c4);
            ulong high4 = High(a0, b4) + High(a1, b3) + High(a2, b2) + High(a3, b1) + High(a4, b0);

            return Carry(low0, low1, low2, low3, low4, high0, high1, high2, high3, high4);
        }
    }

    /// <summary>The square, tight; the element may be loose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FieldElement Square()
    {
        unchecked
        {
            ulong a0 = L0, a1 = L1, a2 = L2, a3 = L3, a4 = L4;
            ulong d0 = a0 * 2, d1 = a1 * 2, c3 = a3 * 19, c4 = a4 * 19, d3 = c3 * 2, d4 = c4 * 2;

            ulong low0 = (a0 * a0) + (a1 * d4) + (a2 * d3);
            ulong low1 = (d0 * a1) + (a2 * d4) + (a3 * c3);
            ulong low2 = (d0 * a2) + (a1 * a1) + (a3 * d4);
            ulong low3 = (d0 * a3) + (d1 * a2) + (a4 * c4);
            ulong low4 = (d0 * a4) + (d1 * a3) + (a2 * a2);

            // The doubling moves from the factor 19a, which is full, to the other one: 2·(a·2⁷) and 19a·2⁶.
            ulong s0 = a0 << 7, s1 = a1 << 7, s2 = a2 << 7, s3 = a3 << 7, s4 = a4 << 7;
            ulong t0 = s0 * 2, t1 = s1 * 2, t2 = s2 * 2, t3 = s3 * 2;
            c3 <<= 6;
            c4 <<= 6;
            a1 <<= 6;
            a2 <<= 6;
            a3 <<= 6;
            a4 <<= 6;

            ulong high0 = High(s0, a0 << 6) + High(t1, c4) + High(t2, c3);
            ulong high1 = High(t0, a1) + High(t2, c4) + High(s3, c3);
            ulong high2 = High(t0, a2) + High(s1, a1) + High(t3, c4);
            ulong high3 = High(t0, a3) + High(t1, a2) + High(s4, c4);
            ulong high4 = High(t0, a4) + High(t1, a3) + High(s2, a2);

            return Carry(low0, low1, low2, low3, low4, high0, high1, high2, high3, high4);
        }
    }

    /// <summary>This element squared <paramref name="times"/> times: its power 2^times.</summary>
    public FieldElement SquareTimes(int times)
    {
        FieldElement power = this;
        for (int i = 0; i < times; i++)
        {
            power = power.Square();
        }

        return power;
    }

    /// <summary>One parallel carry; columns below 2⁶⁴ give limbs below 2⁵¹ + 2¹³, the first below 2⁵¹ + 2¹⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Carry(
        ulong low0, ulong low1, ulong low2, ulong low3, ulong low4,
        ulong high0, ulong high1, ulong high2, ulong high3, ulong high4)
    {
        unchecked
        {
            ulong r0 = low0 - (high0 << 51) + (high4 * 19);
            ulong r1 = low1 - (high1 << 51) + high0;
            ulong r2 = low2 - (high2 << 51) + high1;
            ulong r3 = low3 - (high3 << 51) + high2;
            ulong r4 = low4 - (high4 << 51) + high3;
            return new(
                (r0 & Mask) + ((r4 >> 51) * 19),
                (r1 & Mask) + (r0 >> 51),
                (r2 & Mask) + (r1 >> 51),
                (r3 & Mask) + (r2 >> 51),
                (r4 & Mask) + (r3 >> 51));
        }
    }

    /// <summary>The high 64 bits of the product; <see cref="Math.BigMul(ulong, ulong, out ulong)"/> goes through memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b)
    {
        if (Bmi2.X64.IsSupported)
        {
            return Bmi2.X64.MultiplyNoFlags(a, b);
        }

        return ArmBase.Arm64.IsSupported ? ArmBase.Arm64.MultiplyHigh(a, b) : Math.BigMul(a, b, out _);
    }
}
