using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>
/// k·P for a secret k and a public P, in constant time: 64 signed digits of four bits, and for each the same four doublings
/// and one addition by complete formulas; the multiple comes from a table of which every entry is read. No branch and no
/// index depends on k.
/// </summary>
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
        table[0] = point;
        for (int i = 1; i < Entries; i++)
        {
            table[i] = table[i - 1] + point;
        }

        var sum = new PointAccumulator(EdwardsPoint.Identity);
        for (int i = Digits - 1; i >= 0; i--)
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

    /// <summary>Digits from −8 to 8, the last from 0 to 8.</summary>
    private static void Recode(ReadOnlySpan<byte> scalar, Span<sbyte> digits)
    {
        int carry = 0;
        for (int i = 0; i < Digits; i++)
        {
            int digit = ((scalar[i >> 1] >> (4 * (i & 1))) & 15) + carry;
            carry = i == Digits - 1 ? 0 : (digit + 8) >> 4;
            digits[i] = (sbyte)(digit - (carry << 4));
        }
    }

    /// <summary>digit·P; all entries are read.</summary>
    private static EdwardsPoint Select(ReadOnlySpan<EdwardsPoint> table, int digit)
    {
        int sign = digit >> 31;
        int magnitude = (digit ^ sign) - sign;
        EdwardsPoint chosen = EdwardsPoint.Identity;
        for (int i = 0; i < table.Length; i++)
        {
            // All ones exactly where magnitude is i + 1.
            ulong mask = unchecked((ulong)((long)((magnitude ^ (i + 1)) - 1) >> 63));
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
