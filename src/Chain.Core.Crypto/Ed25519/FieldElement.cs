using System.Runtime.CompilerServices;

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
/// Products. The high half of (a·2¹⁰)·b is ⌊ab / 2⁵⁴⌋, so a column needs no 128-bit sums: eight times the sum of the high
/// parts goes to the next column, and the sum of the low parts is (Σab − 2⁵⁴·Σhigh) mod 2⁶⁴, exact because it is below
/// 5·2⁵⁴. With loose factors a·2¹⁰ &lt; 2⁶³·⁵ and 19b &lt; 2⁵⁷·⁸; in squares 2a·2¹⁰ &lt; 2⁶⁴ wants a below 2⁵³. A folded column's high sum times 8 is below 5·19·2⁵⁶ &lt; 2⁶²·⁶.
/// </para>
/// </remarks>
internal partial struct FieldElement
{
    private const ulong Mask = (1UL << 51) - 1;
    private const ulong FirstOfTwoP = (1UL << 52) - 38;
    private const ulong OtherOfTwoP = (1UL << 52) - 2;

    /// <summary>The limbs, least significant first.</summary>
    public ulong L0;
    public ulong L1;
    public ulong L2;
    public ulong L3;
    public ulong L4;

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
        Add(out FieldElement sum, a, b);
        return sum;
    }

    /// <summary>The difference plus 2p, without carries; <paramref name="b"/> must be tight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        Subtract(out FieldElement difference, a, b);
        return difference;
    }

    /// <summary>The negative of a tight element, tight.</summary>
    public readonly FieldElement Negate() => CarryOnce(Zero - this);

    /// <summary>The product; see <see cref="Multiply"/>.</summary>
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        Multiply(out FieldElement product, a, b);
        return product;
    }

    /// <summary>The sum, in place: a returned structure would be copied, and copies wait for the limbs to reach memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(out FieldElement sum, in FieldElement a, in FieldElement b)
    {
        unchecked
        {
            sum.L0 = a.L0 + b.L0;
            sum.L1 = a.L1 + b.L1;
            sum.L2 = a.L2 + b.L2;
            sum.L3 = a.L3 + b.L3;
            sum.L4 = a.L4 + b.L4;
        }
    }

    /// <summary>The difference plus 2p, in place; <paramref name="b"/> must be tight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(out FieldElement difference, in FieldElement a, in FieldElement b)
    {
        unchecked
        {
            difference.L0 = a.L0 + FirstOfTwoP - b.L0;
            difference.L1 = a.L1 + OtherOfTwoP - b.L1;
            difference.L2 = a.L2 + OtherOfTwoP - b.L2;
            difference.L3 = a.L3 + OtherOfTwoP - b.L3;
            difference.L4 = a.L4 + OtherOfTwoP - b.L4;
        }
    }

    /// <summary>The product, tight; the factors may be loose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out FieldElement product, in FieldElement a, in FieldElement b)
    {
        unchecked
        {
            ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
            ulong b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4;
            ulong c1 = b1 * 19, c2 = b2 * 19, c3 = b3 * 19, c4 = b4 * 19;
            ulong s0 = a0 << 10, s1 = a1 << 10, s2 = a2 << 10, s3 = a3 << 10, s4 = a4 << 10;

            ulong low0 = a0 * b0;
            ulong high0 = Words.High(s0, b0);
            low0 += a1 * c4;
            high0 += Words.High(s1, c4);
            low0 += a2 * c3;
            high0 += Words.High(s2, c3);
            low0 += a3 * c2;
            high0 += Words.High(s3, c2);
            low0 += a4 * c1;
            high0 += Words.High(s4, c1);

            ulong low1 = a0 * b1;
            ulong high1 = Words.High(s0, b1);
            low1 += a1 * b0;
            high1 += Words.High(s1, b0);
            low1 += a2 * c4;
            high1 += Words.High(s2, c4);
            low1 += a3 * c3;
            high1 += Words.High(s3, c3);
            low1 += a4 * c2;
            high1 += Words.High(s4, c2);

            ulong low2 = a0 * b2;
            ulong high2 = Words.High(s0, b2);
            low2 += a1 * b1;
            high2 += Words.High(s1, b1);
            low2 += a2 * b0;
            high2 += Words.High(s2, b0);
            low2 += a3 * c4;
            high2 += Words.High(s3, c4);
            low2 += a4 * c3;
            high2 += Words.High(s4, c3);

            ulong low3 = a0 * b3;
            ulong high3 = Words.High(s0, b3);
            low3 += a1 * b2;
            high3 += Words.High(s1, b2);
            low3 += a2 * b1;
            high3 += Words.High(s2, b1);
            low3 += a3 * b0;
            high3 += Words.High(s3, b0);
            low3 += a4 * c4;
            high3 += Words.High(s4, c4);

            ulong low4 = a0 * b4;
            ulong high4 = Words.High(s0, b4);
            low4 += a1 * b3;
            high4 += Words.High(s1, b3);
            low4 += a2 * b2;
            high4 += Words.High(s2, b2);
            low4 += a3 * b1;
            high4 += Words.High(s3, b1);
            low4 += a4 * b0;
            high4 += Words.High(s4, b0);

            Carry(out product, low0, low1, low2, low3, low4, high0, high1, high2, high3, high4);
        }
    }

    /// <summary>The square, tight; limbs must be below 2⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(out FieldElement square, in FieldElement a)
    {
        unchecked
        {
            ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
            ulong c3 = a3 * 19, c4 = a4 * 19;

            ulong x = a0;
            ulong low0 = x * a0;
            x <<= 10;
            ulong high0 = Words.High(x, a0);

            x = 2 * a0;
            ulong low1 = x * a1;
            ulong low2 = x * a2;
            ulong low3 = x * a3;
            ulong low4 = x * a4;
            x <<= 10;
            ulong high1 = Words.High(x, a1);
            ulong high2 = Words.High(x, a2);
            ulong high3 = Words.High(x, a3);
            ulong high4 = Words.High(x, a4);

            x = a1;
            low2 += x * a1;
            x <<= 10;
            high2 += Words.High(x, a1);

            x = 2 * a1;
            low3 += x * a2;
            low4 += x * a3;
            low0 += x * c4;
            x <<= 10;
            high3 += Words.High(x, a2);
            high4 += Words.High(x, a3);
            high0 += Words.High(x, c4);

            x = a2;
            low4 += x * a2;
            x <<= 10;
            high4 += Words.High(x, a2);

            x = 2 * a2;
            low0 += x * c3;
            low1 += x * c4;
            x <<= 10;
            high0 += Words.High(x, c3);
            high1 += Words.High(x, c4);

            x = a3;
            low1 += x * c3;
            x <<= 10;
            high1 += Words.High(x, c3);

            x = 2 * a3;
            low2 += x * c4;
            x <<= 10;
            high2 += Words.High(x, c4);

            x = a4;
            low3 += x * c4;
            x <<= 10;
            high3 += Words.High(x, c4);

            Carry(out square, low0, low1, low2, low3, low4, high0, high1, high2, high3, high4);
        }
    }

    /// <summary>The square; see <see cref="Square(out FieldElement, in FieldElement)"/>.</summary>
    public readonly FieldElement Square()
    {
        Square(out FieldElement square, this);
        return square;
    }

    /// <summary>This element squared <paramref name="times"/> times: its power 2^times.</summary>
    public readonly FieldElement SquareTimes(int times)
    {
        FieldElement power = this;
        for (int i = 0; i < times; i++)
        {
            Square(out power, power);
        }

        return power;
    }

    /// <summary>One parallel carry; columns below 2⁶⁴ give limbs below 2⁵¹ + 2¹³, the first below 2⁵¹ + 2¹⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        out FieldElement result,
        ulong low0, ulong low1, ulong low2, ulong low3, ulong low4,
        ulong high0, ulong high1, ulong high2, ulong high3, ulong high4)
    {
        unchecked
        {
            ulong r0 = low0 - (high0 << 54) + (high4 * (8 * 19));
            ulong r1 = low1 - (high1 << 54) + (high0 << 3);
            ulong r2 = low2 - (high2 << 54) + (high1 << 3);
            ulong r3 = low3 - (high3 << 54) + (high2 << 3);
            ulong r4 = low4 - (high4 << 54) + (high3 << 3);
            result.L0 = (r0 & Mask) + ((r4 >> 51) * 19);
            result.L1 = (r1 & Mask) + (r0 >> 51);
            result.L2 = (r2 & Mask) + (r1 >> 51);
            result.L3 = (r3 & Mask) + (r2 >> 51);
            result.L4 = (r4 & Mask) + (r3 >> 51);
        }
    }
}
