using System.Buffers.Binary;

namespace Chain.Core.Crypto;

/// <content>Bytes: 255 bits little-endian, the top bit of byte 31 belongs to the caller.</content>
internal partial struct FieldElement
{
    /// <summary>Length of an encoding in bytes.</summary>
    public const int Size = 32;

    /// <summary>Whether this is 0 modulo p.</summary>
    public readonly bool IsZero
    {
        get
        {
            FieldElement r = Reduce();
            return (r.L0 | r.L1 | r.L2 | r.L3 | r.L4) == 0;
        }
    }

    /// <summary>Whether the canonical representative is odd: the "sign" of RFC 8032.</summary>
    public readonly bool IsOdd => (Reduce().L0 & 1) != 0;

    /// <summary>Reads 32 bytes and ignores the top bit; a number from p on is taken modulo p, as ZIP-215 wants.</summary>
    public static FieldElement Parse(ReadOnlySpan<byte> bytes)
    {
        ulong w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        ulong w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new(
            w0 & Mask,
            ((w0 >> 51) | (w1 << 13)) & Mask,
            ((w1 >> 38) | (w2 << 26)) & Mask,
            ((w2 >> 25) | (w3 << 39)) & Mask,
            (w3 >> 12) & Mask);
    }

    /// <summary>Writes the canonical 32 bytes; the top bit is zero.</summary>
    public readonly void CopyTo(Span<byte> destination)
    {
        FieldElement r = Reduce();
        BinaryPrimitives.WriteUInt64LittleEndian(destination, r.L0 | (r.L1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], (r.L1 >> 13) | (r.L2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], (r.L2 >> 26) | (r.L3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], (r.L3 >> 39) | (r.L4 << 12));
    }

    /// <summary>Whether both are the same modulo p.</summary>
    public readonly bool IsSame(in FieldElement other)
    {
        FieldElement a = Reduce();
        FieldElement b = other.Reduce();
        return ((a.L0 ^ b.L0) | (a.L1 ^ b.L1) | (a.L2 ^ b.L2) | (a.L3 ^ b.L3) | (a.L4 ^ b.L4)) == 0;
    }

    /// <summary>The representative below p, limbs below 2⁵¹. Takes loose limbs.</summary>
    public readonly FieldElement Reduce()
    {
        unchecked
        {
            // Two passes of carries bring every loose element below 2²⁵⁵ + 19·8 (the second pass carries out at most 1).
            FieldElement r = CarryOnce(CarryOnce(this));

            // q = 1 exactly where r ≥ p: the carry out of r + 19.
            ulong q = (r.L0 + 19) >> 51;
            q = (r.L1 + q) >> 51;
            q = (r.L2 + q) >> 51;
            q = (r.L3 + q) >> 51;
            q = (r.L4 + q) >> 51;

            ulong l0 = r.L0 + (19 * q);
            ulong l1 = r.L1 + (l0 >> 51);
            ulong l2 = r.L2 + (l1 >> 51);
            ulong l3 = r.L3 + (l2 >> 51);
            ulong l4 = r.L4 + (l3 >> 51);
            return new(l0 & Mask, l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
        }
    }

    /// <summary>A sequential carry: limbs 1 to 4 below 2⁵¹, limb 0 below 2⁵¹ + 19·2³.</summary>
    private static FieldElement CarryOnce(in FieldElement a)
    {
        unchecked
        {
            ulong l1 = a.L1 + (a.L0 >> 51);
            ulong l2 = a.L2 + (l1 >> 51);
            ulong l3 = a.L3 + (l2 >> 51);
            ulong l4 = a.L4 + (l3 >> 51);
            return new((a.L0 & Mask) + ((l4 >> 51) * 19), l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
        }
    }
}
