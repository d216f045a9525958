namespace Chain.Core.Crypto;

/// <summary>Half of a scalar: a number below 2¹²⁸ and its sign.</summary>
internal readonly record struct SignedHalf(UInt128 Magnitude, bool IsNegative)
{
    /// <summary>Reads five words in two's complement; what is above the low two words is sign only.</summary>
    public static SignedHalf FromTwosComplement(ReadOnlySpan<ulong> words)
    {
        var low = new UInt128(words[1], words[0]);
        bool negative = words[4] != 0;
        return new SignedHalf(negative ? unchecked(0 - low) : low, negative);
    }

    /// <summary>
    /// Writes the digits of the non-adjacent form of the given width, from the least significant: zero, or odd with an
    /// absolute value below 2^(width−1). The digits must be zero before. Answers how many are used.
    /// </summary>
    public int Recode(int width, Span<short> digits)
    {
        ulong low = (ulong)(Magnitude & ulong.MaxValue), high = (ulong)(Magnitude >> 64);
        int window = 1 << width;
        int carry = 0;
        int length = 0;
        for (int position = 0; position <= 128;)
        {
            ulong rest = position == 0 ? low
                : position < 64 ? (low >> position) | (high << (64 - position))
                : position < 128 ? high >> (position - 64)
                : 0;
            int bits = (int)(rest & (ulong)(window - 1)) + carry;
            if ((bits & 1) == 0)
            {
                position++;
                continue;
            }

            carry = bits > window / 2 ? 1 : 0;
            int digit = bits - (carry * window);
            digits[position] = (short)(IsNegative ? -digit : digit);
            length = position + 1;
            position += width;
        }

        return length;
    }
}
