using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// k·P for a secret k and a public P of prime order, in constant time: 64 odd digits of four bits, and for each the same four
/// doublings and one addition by complete formulas; the multiple comes from a table of which every entry is read. No branch
/// and no index depends on k.
/// </summary>
/// <remarks>
/// No digit is 0, so that the neutral element, whose coordinates are 0 and 1, is never added: while it was, sparse scalars
/// showed in a million traces (docs/security.md).
/// </remarks>
internal static class SecretEdwardsProduct
{
    private const int Digits = 64;
    private const int Entries = 8;

    /// <summary>32 little-endian bytes below 2²⁵⁵.</summary>
    public static EdwardsPoint Compute(ReadOnlySpan<byte> scalar, in EdwardsPoint point)
    {
        Span<sbyte> digits = stackalloc sbyte[Digits];
        Recode(scalar, digits);
        Span<EdwardsPoint> table = stackalloc EdwardsPoint[Entries];
        EdwardsPoint twice = point.Double();
        table[0] = point;
        for (int i = 1; i < Entries; i++)
        {
            table[i] = table[i - 1] + twice;
        }

        var sum = new PointAccumulator(Select(table, digits[Digits - 1]));
        for (int i = Digits - 2; i >= 0; i--)
        {
            for (int doubling = 0; doubling < 3; doubling++)
            {
                sum.Double();
                sum.Complete();
            }

            sum.Double();
            sum.CompleteWithT();
            sum.Add(new CachedPoint(Select(table, digits[i])));
            sum.CompleteWithT();
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(digits));
        return sum.Point;
    }

    /// <summary>
    /// Odd digits from −15 to 15, the last from 1 to 15, of k or, where that is even, of k + L, which is odd and as good.
    /// </summary>
    private static void Recode(ReadOnlySpan<byte> scalar, Span<sbyte> digits)
    {
        Span<byte> odd = stackalloc byte[Scalar25519.Size + 1];
        odd[^1] = 0;
        SecretScalarField.Edwards25519.AddOrderIfEven(scalar, odd);
        for (int i = 0; i < Digits; i++)
        {
            // Each digit takes the bit above it as its sign and leaves the rest odd.
            int window = ((odd[i >> 1] | (odd[(i >> 1) + 1] << 8)) >> (4 * (i & 1))) | 1;
            digits[i] = (sbyte)(i == Digits - 1 ? window & 15 : (window & 31) - 16);
        }

        CryptographicOperations.ZeroMemory(odd);
    }

    /// <summary>digit·P for an odd digit; all entries are read.</summary>
    private static EdwardsPoint Select(ReadOnlySpan<EdwardsPoint> table, int digit)
    {
        int sign = digit >> 31;
        int index = ((digit ^ sign) - sign) >> 1;
        EdwardsPoint chosen = table[0];
        for (int i = 1; i < table.Length; i++)
        {
            // All ones exactly where index is i.
            ulong mask = unchecked((ulong)((long)((index ^ i) - 1) >> 63));
            chosen = new EdwardsPoint(
                Choose(mask, table[i].X, chosen.X),
                Choose(mask, table[i].Y, chosen.Y),
                Choose(mask, table[i].Z, chosen.Z),
                Choose(mask, table[i].T, chosen.T));
        }

        ulong negate = unchecked((ulong)(long)sign);
        return new EdwardsPoint(
            Choose(negate, chosen.X.Negate(), chosen.X), chosen.Y, chosen.Z, Choose(negate, chosen.T.Negate(), chosen.T));
    }

    /// <summary><paramref name="a"/> where the mask is all ones, <paramref name="b"/> where it is zero.</summary>
    private static FieldElement Choose(ulong mask, in FieldElement a, in FieldElement b) => new(
        b.L0 ^ (mask & (a.L0 ^ b.L0)),
        b.L1 ^ (mask & (a.L1 ^ b.L1)),
        b.L2 ^ (mask & (a.L2 ^ b.L2)),
        b.L3 ^ (mask & (a.L3 ^ b.L3)),
        b.L4 ^ (mask & (a.L4 ^ b.L4)));
}
