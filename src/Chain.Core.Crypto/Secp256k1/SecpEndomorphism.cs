namespace Chain.Core.Crypto;

/// <summary>
/// The endomorphism (x, y) ↦ (βx, y) of secp256k1, which multiplies points by λ: k·P = k₁·P + k₂·(λP) with halves of
/// 128 bits (Gallant, Lambert and Vanstone 2001).
/// </summary>
internal static class SecpEndomorphism
{
    /// <summary>β, a cube root of one modulo p.</summary>
    public static SecpFieldElement Beta =>
        new(0x96c28719501ee, 0x7512f58995c13, 0xc3434e99cf049, 0x7106e64479ea, 0x7ae96a2b657c);

    /// <summary>The short basis (a₁, b₁), (a₂, b₂) of the lattice of all (x, y) with x + λy ≡ 0 mod n; b₂ = a₁.</summary>
    private static ReadOnlySpan<ulong> A1 => [0xe86c90e49284eb15, 0x3086d221a7d46bcd];

    private static ReadOnlySpan<ulong> MinusB1 => [0x6f547fa90abfe4c3, 0xe4437ed6010e8828];

    private static ReadOnlySpan<ulong> A2 => [0x57c1108d9d44cfd8, 0x14ca50f7a8e2f3f6, 1];

    /// <summary>b₂·2³⁸⁴ / n and −b₁·2³⁸⁴ / n, rounded.</summary>
    private static ReadOnlySpan<ulong> B2OverN => [0xe893209a45dbb031, 0x3daa8a1471e8ca7f, 0xe86c90e49284eb15, 0x3086d221a7d46bcd];

    private static ReadOnlySpan<ulong> MinusB1OverN => [0x1571b4ae8ac47f71, 0x221208ac9df506c6, 0x6f547fa90abfe4c4, 0xe4437ed6010e8828];

    /// <summary>Both halves have an absolute value below 2¹²⁸.</summary>
    public static void Split(in SecpScalar scalar, out SignedHalf first, out SignedHalf second)
    {
        // (k, 0) minus its nearest lattice point c₁·(a₁, b₁) + c₂·(a₂, b₂), modulo 2³²⁰.
        ReadOnlySpan<ulong> k = [scalar.W0, scalar.W1, scalar.W2, scalar.W3];
        Span<ulong> c1 = stackalloc ulong[2];
        Span<ulong> c2 = stackalloc ulong[2];
        MultiplyAndRound(k, B2OverN, c1);
        MultiplyAndRound(k, MinusB1OverN, c2);

        Span<ulong> x = [scalar.W0, scalar.W1, scalar.W2, scalar.W3, 0];
        Span<ulong> y = stackalloc ulong[5];
        Span<ulong> product = stackalloc ulong[5];
        y.Clear();
        Words.Multiply(c1, A1, product);
        Words.Subtract(x, product[..4]);
        Words.Multiply(c2, A2, product);
        Words.Subtract(x, product);
        Words.Multiply(c1, MinusB1, product);
        Words.Add(y, product[..4]);
        Words.Multiply(c2, A1, product);
        Words.Subtract(y, product[..4]);
        first = SignedHalf.FromTwosComplement(x);
        second = SignedHalf.FromTwosComplement(y);
    }

    /// <summary>⌊a·b / 2³⁸⁴ + 1/2⌋ in two words.</summary>
    private static void MultiplyAndRound(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> quotient)
    {
        Span<ulong> product = stackalloc ulong[8];
        Words.Multiply(a, b, product);
        product[6..].CopyTo(quotient);
        Words.Add(quotient, [product[5] >> 63]);
    }
}
