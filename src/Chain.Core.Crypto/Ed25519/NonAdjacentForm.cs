namespace Chain.Core.Crypto;

/// <summary>
/// Signed digits of a scalar, one for each power of two: zero, or odd with an absolute value below 2^(width−1), and at
/// most one of any <c>width</c> neighbours is not zero.
/// </summary>
internal static class NonAdjacentForm
{
    /// <summary>Digits that a scalar below 2²⁵³ can have.</summary>
    public const int Length = 256;

    /// <summary>Writes the digits of a scalar below 2²⁵³ and returns the number of digits up to the last that is not zero.</summary>
    public static int Recode(in Scalar25519 scalar, int width, Span<sbyte> digits)
    {
        digits[..Length].Clear();
        ReadOnlySpan<ulong> words = [scalar.W0, scalar.W1, scalar.W2, scalar.W3, 0];
        int window = 1 << width;
        int carry = 0;
        int length = 0;
        for (int position = 0; position < Length;)
        {
            int bits = (int)(Bits(words, position) & (ulong)(window - 1)) + carry;
            if ((bits & 1) == 0)
            {
                position++;
                continue;
            }

            carry = bits > window / 2 ? 1 : 0;
            digits[position] = (sbyte)(bits - (carry * window));
            length = position + 1;
            position += width;
        }

        return length;
    }

    private static ulong Bits(ReadOnlySpan<ulong> words, int position)
    {
        int word = position >> 6;
        int shift = position & 63;
        ulong low = words[word] >> shift;
        return shift == 0 ? low : low | (words[word + 1] << (64 - shift));
    }
}
