using System.Buffers.Binary;

namespace Chain.Core.Crypto;

/// <content>Bytes: 256 bits, big-endian.</content>
internal readonly partial struct SecpFieldElement
{
    /// <summary>Length of an encoding in bytes.</summary>
    public const int Size = 32;

    /// <summary>Whether the canonical representative is odd.</summary>
    public bool IsOdd => (Reduce().L0 & 1) != 0;

    /// <summary>Whether this is 0 modulo p.</summary>
    public bool IsZero
    {
        get
        {
            unchecked
            {
                // After the fold of the top the number is below 2p, so it is 0 or p; the first limb settles nearly all.
                ulong first = (L0 + ((L4 >> 48) * FoldAt256)) & Mask;
                if (first != 0 && first != P0)
                {
                    return false;
                }

                SecpFieldElement r = Reduce();
                return (r.L0 | r.L1 | r.L2 | r.L3 | r.L4) == 0;
            }
        }
    }

    /// <summary>Reads 32 big-endian bytes; false from p on.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SecpFieldElement element)
    {
        ulong w3 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        ulong w2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        ulong w1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        ulong w0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
        element = FromWords(w0, w1, w2, w3);
        return (w1 & w2 & w3) != ulong.MaxValue || w0 < unchecked(0 - FoldAt256);
    }

    /// <summary>The number with these 64-bit words, least significant first.</summary>
    public static SecpFieldElement FromWords(ulong w0, ulong w1, ulong w2, ulong w3) => new(
        w0 & Mask,
        ((w0 >> 52) | (w1 << 12)) & Mask,
        ((w1 >> 40) | (w2 << 24)) & Mask,
        ((w2 >> 28) | (w3 << 36)) & Mask,
        w3 >> 16);

    /// <summary>Writes the canonical 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        SecpFieldElement r = Reduce();
        BinaryPrimitives.WriteUInt64BigEndian(destination, (r.L3 >> 36) | (r.L4 << 16));
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], (r.L2 >> 24) | (r.L3 << 28));
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], (r.L1 >> 12) | (r.L2 << 40));
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], r.L0 | (r.L1 << 52));
    }

    /// <summary>Whether both are the same modulo p; this has magnitude 1, the other at most 30.</summary>
    public bool IsSame(in SecpFieldElement other) => (Negate(1) + other).IsZero;

    /// <summary>The representative below p. Takes magnitudes of up to 32.</summary>
    public SecpFieldElement Reduce()
    {
        SecpFieldElement r = Tighten();

        // Now below 2²⁵⁶ + 2³⁹. The number is p or more exactly where adding 2²⁵⁶ − p carries out of bit 256, and
        // dropping that carry subtracts p. Twice, for a number that is 2²⁵⁶ or more and whose rest is p or more: never.
        ulong carry = CarryOut(r);
        return Carry(new SecpFieldElement(r.L0 + (carry * FoldAt256), r.L1, r.L2, r.L3, r.L4), out _);
    }

    private static ulong CarryOut(in SecpFieldElement r)
    {
        ulong t = (r.L0 + FoldAt256) >> 52;
        t = (r.L1 + t) >> 52;
        t = (r.L2 + t) >> 52;
        t = (r.L3 + t) >> 52;
        return (r.L4 + t) >> 48;
    }

    /// <summary>
    /// The same number with magnitude 1: folds what lies above bit 256, then carries, so that limbs are below 2⁵² and the
    /// last is at most 2⁴⁸. Takes magnitudes of up to 32.
    /// </summary>
    public SecpFieldElement Tighten()
    {
        unchecked
        {
            ulong top = L4 >> 48;
            SecpFieldElement folded = Carry(new(L0 + (top * FoldAt256), L1, L2, L3, L4 & TopMask), out ulong over);
            return new(folded.L0, folded.L1, folded.L2, folded.L3, folded.L4 | (over << 48));
        }
    }

    /// <summary>A sequential carry; <paramref name="over"/> is what leaves bit 256.</summary>
    private static SecpFieldElement Carry(in SecpFieldElement a, out ulong over)
    {
        unchecked
        {
            ulong l1 = a.L1 + (a.L0 >> 52);
            ulong l2 = a.L2 + (l1 >> 52);
            ulong l3 = a.L3 + (l2 >> 52);
            ulong l4 = a.L4 + (l3 >> 52);
            over = l4 >> 48;
            return new(a.L0 & Mask, l1 & Mask, l2 & Mask, l3 & Mask, l4 & TopMask);
        }
    }
}
