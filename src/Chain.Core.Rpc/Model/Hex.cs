using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Chain.Core.Crypto;

namespace Chain.Core.Rpc;

/// <summary>Bytes and whole numbers as hexadecimal text with the prefix 0x.</summary>
internal static class Hex
{
    private const int MaxQuantityDigits = 16;
    private const int StackBytes = 256;

    /// <summary>A quantity has no leading zeros: each number has one spelling.</summary>
    public static bool TryParseQuantity(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return text.StartsWith("0x")
            && text[2..] is { Length: >= 1 and <= MaxQuantityDigits } digits
            && (digits.Length == 1 || digits[0] != '0')
            && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParseBytes(string text, int max, out byte[] value)
    {
        value = [];
        if (!text.StartsWith("0x", StringComparison.Ordinal) || text.Length % 2 != 0 || (text.Length - 2) / 2 > max)
        {
            return false;
        }

        var bytes = new byte[(text.Length - 2) / 2];
        value = bytes;
        return Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == OperationStatus.Done;
    }

    public static bool TryParseHash(string? text, out Hash256 hash)
    {
        hash = default;
        return text is not null && text.StartsWith("0x", StringComparison.Ordinal) && Hash256.TryParse(text, out hash);
    }

    public static string Of(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    public static void WriteBytes(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        int length = 2 + (2 * bytes.Length);
        byte[]? rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented ?? stackalloc byte[StackBytes];
        text[0] = (byte)'0';
        text[1] = (byte)'x';
        Convert.TryToHexStringLower(bytes, text[2..], out _);
        writer.WriteStringValue(text[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static void WriteQuantity(Utf8JsonWriter writer, ulong value)
    {
        Span<byte> text = stackalloc byte[2 + MaxQuantityDigits];
        text[0] = (byte)'0';
        text[1] = (byte)'x';
        value.TryFormat(text[2..], out int digits, "x", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..(2 + digits)]);
    }
}
