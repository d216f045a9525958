namespace Chain.Core.Consensus;

/// <summary>Long division in words of 32 bits (Knuth, The Art of Computer Programming, volume 2, algorithm D).</summary>
internal static class UInt256Division
{
    private const int Digits = 8;

    internal static UInt256 DivRem(in UInt256 dividend, in UInt256 divisor, out UInt256 remainder)
    {
        if (divisor.IsZero)
        {
            throw new DivideByZeroException();
        }

        if (dividend < divisor)
        {
            remainder = dividend;
            return UInt256.Zero;
        }

        int length = (divisor.BitLength + 31) / 32;
        int shift = (32 * length) - divisor.BitLength;

        // Both are shifted so that the divisor's first digit has its top bit; a digit is guessed too high by 2 at most.
        Span<uint> rest = stackalloc uint[Digits + 1];
        Span<uint> by = stackalloc uint[Digits];
        CopyDigits(dividend << shift, rest);
        rest[Digits] = (uint)(dividend >> (256 - shift)).LowUInt64;
        CopyDigits(divisor << shift, by);

        Span<uint> quotient = stackalloc uint[Digits + 1];
        for (int i = Digits - length; i >= 0; i--)
        {
            quotient[i] = NextDigit(rest.Slice(i, length + 1), by[..length]);
        }

        remainder = FromDigits(rest) >> shift;
        return FromDigits(quotient);
    }

    /// <summary>Takes the divisor from <paramref name="rest"/> as often as it goes, and answers how often that was.</summary>
    private static uint NextDigit(Span<uint> rest, ReadOnlySpan<uint> by)
    {
        unchecked
        {
            ulong first = by[^1];
            ulong top = ((ulong)rest[^1] << 32) | rest[^2];
            ulong guess = top / first;
            ulong left = top % first;
            ulong second = by.Length > 1 ? by[^2] : 0;
            ulong third = by.Length > 1 ? rest[^3] : 0;
            while (guess > uint.MaxValue || guess * second > ((left << 32) | third))
            {
                guess--;
                left += first;
                if (left > uint.MaxValue)
                {
                    break;
                }
            }

            if (Subtract(rest, by, guess))
            {
                guess--;
                AddBack(rest, by);
            }

            return (uint)guess;
        }
    }

    private static bool Subtract(Span<uint> rest, ReadOnlySpan<uint> by, ulong times)
    {
        unchecked
        {
            ulong carry = 0;
            for (int i = 0; i < by.Length; i++)
            {
                carry += times * by[i];
                uint low = (uint)carry;
                carry >>= 32;
                carry += rest[i] < low ? 1u : 0u;
                rest[i] -= low;
            }

            bool wentBelow = rest[^1] < carry;
            rest[^1] -= (uint)carry;
            return wentBelow;
        }
    }

    private static void AddBack(Span<uint> rest, ReadOnlySpan<uint> by)
    {
        unchecked
        {
            ulong carry = 0;
            for (int i = 0; i < by.Length; i++)
            {
                carry += (ulong)rest[i] + by[i];
                rest[i] = (uint)carry;
                carry >>= 32;
            }

            rest[^1] += (uint)carry;
        }
    }

    private static void CopyDigits(in UInt256 value, Span<uint> digits)
    {
        Span<ulong> words = stackalloc ulong[4];
        value.CopyWords(words);
        for (int i = 0; i < words.Length; i++)
        {
            digits[2 * i] = unchecked((uint)words[i]);
            digits[(2 * i) + 1] = (uint)(words[i] >> 32);
        }
    }

    private static UInt256 FromDigits(ReadOnlySpan<uint> digits) => new(
        Word(digits, 3), Word(digits, 2), Word(digits, 1), Word(digits, 0));

    private static ulong Word(ReadOnlySpan<uint> digits, int index) => ((ulong)digits[(2 * index) + 1] << 32) | digits[2 * index];
}
