namespace Chain.Core.Crypto;

/// <summary>
/// Hashing to edwards25519: the suite edwards25519_XMD:SHA-512_ELL2_NU_ of RFC 9380. Variable time: public data only.
/// </summary>
internal static class Elligator2
{
    /// <summary>Bytes of a field element before it is taken modulo p (L in RFC 9380).</summary>
    private const int UniformSize = 48;

    /// <summary>The J of curve25519, K·t² = s³ + J·s² + s with K = 1.</summary>
    private static FieldElement J => new(486662, 0, 0, 0, 0);

    /// <summary>The even root of −486664, of the map from curve25519 to edwards25519.</summary>
    private static FieldElement SquareRootOfMinusJMinus2 =>
        new(0x604aaff457e06, 0x2296fa350598d, 0x7f13dfb16874f, 0x35de93d846e01, 0xf26edf460a00);

    /// <summary>A point of the group of prime order; the domain has at most 255 bytes.</summary>
    public static EdwardsPoint Encode(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain)
    {
        Span<byte> uniform = stackalloc byte[UniformSize];
        ExpandMessageXmd.Expand(message, domain, uniform);
        return Map(ReduceBigEndian(uniform)).MultiplyByCofactor();
    }

    /// <summary>map_to_curve of RFC 9380 (6.7.1 and 6.8.2, appendix G.2): a point of the curve, of any order.</summary>
    public static EdwardsPoint Map(in FieldElement u)
    {
        // x₁ = −J / (1 + 2u²), never infinite; x₂ = −x₁ − J. One of them has a y.
        FieldElement uu = u.Square();
        FieldElement denominator = uu + uu + FieldElement.One;
        FieldElement numerator = J.Negate();
        bool first = TryGetY(numerator, denominator, out FieldElement y);
        if (!first)
        {
            numerator = numerator * (uu + uu);
            TryGetY(numerator, denominator, out y);
        }

        y = y.IsOdd == first ? y : y.Negate();
        return ToEdwards(numerator, denominator * FieldElement.One, y);
    }

    /// <summary>A root y of x³ + Jx² + x for x = n/d.</summary>
    private static bool TryGetY(in FieldElement n, in FieldElement d, out FieldElement y)
    {
        FieldElement dd = d.Square();
        FieldElement sum = (n.Square() + dd) + (n * d * J);
        return FieldElement.TrySquareRootOfRatio(sum * n, dd * d, out y);
    }

    /// <summary>(x, y) = (√−486664·s/t, (s − 1)/(s + 1)) for s = n/d; the points where this is 0/0 go to the identity.</summary>
    private static EdwardsPoint ToEdwards(in FieldElement n, in FieldElement d, in FieldElement t)
    {
        FieldElement xNumerator = n * SquareRootOfMinusJMinus2;
        FieldElement xDenominator = d * t;
        FieldElement yNumerator = n - d;
        FieldElement yDenominator = n + d;
        FieldElement z = xDenominator * yDenominator;
        return z.IsZero
            ? EdwardsPoint.Identity
            : new EdwardsPoint(xNumerator * yDenominator, yNumerator * xDenominator, z, xNumerator * yNumerator);
    }

    /// <summary>48 big-endian bytes modulo p.</summary>
    private static FieldElement ReduceBigEndian(ReadOnlySpan<byte> bytes)
    {
        // In two halves of 24 bytes: high·2¹⁹² + low.
        Span<byte> half = stackalloc byte[FieldElement.Size];
        FieldElement high = ParseReversed(bytes[..24], half);
        FieldElement low = ParseReversed(bytes[24..], half);
        return (high * new FieldElement(0, 0, 0, 1UL << 39, 0)) + low;
    }

    private static FieldElement ParseReversed(ReadOnlySpan<byte> bytes, Span<byte> buffer)
    {
        buffer.Clear();
        bytes.CopyTo(buffer);
        buffer[..bytes.Length].Reverse();
        return FieldElement.Parse(buffer);
    }
}
