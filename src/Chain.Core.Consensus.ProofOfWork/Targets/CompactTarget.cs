namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>
/// A target in Bitcoin's compact form (<c>nBits</c>): the first byte is the length in bytes, the other three are the
/// most significant bytes, with a sign bit that no target has set.
/// </summary>
/// <param name="Bits">The 32 bits as a number.</param>
public readonly record struct CompactTarget(uint Bits)
{
    private const uint SignBit = 0x0080_0000;
    private const uint MantissaMask = 0x007F_FFFF;

    /// <summary>The shortest form of <paramref name="target"/>, rounded down to what three bytes (less the sign bit) hold.</summary>
    public static CompactTarget FromTarget(in UInt256 target)
    {
        int size = (target.BitLength + 7) / 8;
        uint mantissa = size <= 3
            ? (uint)(target.LowUInt64 << (8 * (3 - size)))
            : (uint)(target >> (8 * (size - 3))).LowUInt64;
        if ((mantissa & SignBit) != 0)
        {
            mantissa >>= 8;
            size++;
        }

        return new CompactTarget(mantissa | ((uint)size << 24));
    }

    /// <summary>The target; false where the form is negative, does not fit 256 bits, or is zero, which no hash can meet.</summary>
    public bool TryExpand(out UInt256 target)
    {
        target = Expand(out bool isNegative, out bool overflows);
        bool isTarget = !isNegative && !overflows && !target.IsZero;
        target = isTarget ? target : UInt256.Zero;
        return isTarget;
    }

    /// <summary>The magnitude that the form spells, as Bitcoin's <c>SetCompact</c> computes it.</summary>
    /// <param name="isNegative">Whether the sign bit is set on a magnitude other than 0.</param>
    /// <param name="overflows">Whether the magnitude does not fit; what is returned is what fits.</param>
    public UInt256 Expand(out bool isNegative, out bool overflows)
    {
        int size = (int)(Bits >> 24);
        uint mantissa = Bits & MantissaMask;
        if (size <= 3)
        {
            mantissa >>= 8 * (3 - size);
        }

        isNegative = mantissa != 0 && (Bits & SignBit) != 0;
        overflows = mantissa != 0 && (size > 34 || (mantissa > 0xFF && size > 33) || (mantissa > 0xFFFF && size > 32));
        return size <= 3 ? mantissa : (UInt256)mantissa << (8 * (size - 3));
    }

    /// <summary>Eight hexadecimal digits after <c>0x</c>.</summary>
    public override string ToString() => $"0x{Bits:x8}";
}
