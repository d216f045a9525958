namespace Chain.Core.Consensus;

/// <summary>Decimal and hexadecimal text of 256-bit numbers.</summary>
internal static class UInt256Text
{
    private const int MaxDecimalDigits = 78;
    private const int MaxHexDigits = 64;
    private const int ChunkDigits = 19;
    private const ulong Chunk = 10_000_000_000_000_000_000; // the greatest power of ten in 64 bits

    internal static bool TryParse(ReadOnlySpan<char> text, out UInt256 value) =>
        text.StartsWith("0x") ? TryParseHex(text[2..], out value) : TryParseDecimal(text, out value);

    internal static string ToDecimal(in UInt256 value)
    {
        Span<char> digits = stackalloc char[MaxDecimalDigits + ChunkDigits];
        int start = digits.Length;
        UInt256 rest = value;
        do
        {
            rest = UInt256.DivRem(in rest, Chunk, out UInt256 low);
            ulong chunk = low.LowUInt64;
            for (int i = 0; i < ChunkDigits; i++)
            {
                digits[--start] = (char)('0' + (int)(chunk % 10));
                chunk /= 10;
            }
        }
        while (!rest.IsZero);

        ReadOnlySpan<char> trimmed = digits[start..].TrimStart('0');
        return trimmed.IsEmpty ? "0" : trimmed.ToString();
    }

    private static bool TryParseHex(ReadOnlySpan<char> digits, out UInt256 value)
    {
        value = default;
        if (digits.IsEmpty || digits.Length > MaxHexDigits)
        {
            return false;
        }

        Span<char> padded = stackalloc char[MaxHexDigits];
        padded.Fill('0');
        digits.CopyTo(padded[^digits.Length..]);
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        if (Convert.FromHexString(padded, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        value = UInt256.FromBigEndian(bytes);
        return true;
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> digits, out UInt256 value)
    {
        value = default;
        if (digits.IsEmpty || digits.Length > MaxDecimalDigits)
        {
            return false;
        }

        UInt256 read = default;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit)
                || !UInt256.TryMultiply(in read, 10, out UInt256 tenfold)
                || !UInt256.TryAdd(in tenfold, (ulong)(digit - '0'), out read))
            {
                return false;
            }
        }

        value = read;
        return true;
    }
}
