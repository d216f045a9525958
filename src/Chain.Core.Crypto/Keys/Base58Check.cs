using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>Bytes and four bytes of checksum in the 58 letters of Bitcoin; for short texts, as it takes quadratic time.</summary>
internal static class Base58Check
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int ChecksumSize = 4;
    private const int MaxTextLength = 128;

    public static string Encode(ReadOnlySpan<byte> payload)
    {
        byte[] bytes = [.. payload, .. ChecksumOf(payload)];
        var digits = new List<int>();
        foreach (byte next in bytes)
        {
            int carry = next;
            for (int i = 0; i < digits.Count; i++)
            {
                carry += digits[i] << 8;
                digits[i] = carry % Alphabet.Length;
                carry /= Alphabet.Length;
            }

            for (; carry > 0; carry /= Alphabet.Length)
            {
                digits.Add(carry % Alphabet.Length);
            }
        }

        int zeros = LeadingCount(bytes, (byte)0);
        CryptographicOperations.ZeroMemory(bytes);
        digits.Reverse();
        return string.Concat(new string(Alphabet[0], zeros), string.Concat(digits.Select(digit => Alphabet[digit])));
    }

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        var bytes = new List<byte>(MaxTextLength); // least significant first
        foreach (char letter in text)
        {
            int carry = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (carry < 0)
            {
                return false;
            }

            for (int i = 0; i < bytes.Count; i++)
            {
                carry += bytes[i] * Alphabet.Length;
                bytes[i] = (byte)(carry & 0xff);
                carry >>= 8;
            }

            if (carry > 0)
            {
                bytes.Add((byte)carry);
            }
        }

        bytes.Reverse();
        byte[] all = [.. new byte[LeadingCount(text, Alphabet[0])], .. bytes];
        if (all.Length < ChecksumSize || !ChecksumOf(all.AsSpan(..^ChecksumSize)).SequenceEqual(all.AsSpan(^ChecksumSize..)))
        {
            return false;
        }

        payload = all[..^ChecksumSize];
        return true;
    }

    private static ReadOnlySpan<byte> ChecksumOf(ReadOnlySpan<byte> payload) =>
        Sha256.HashTwice(payload).ToArray().AsSpan(0, ChecksumSize);

    private static int LeadingCount<T>(ReadOnlySpan<T> values, T value)
        where T : IEquatable<T>
    {
        int other = values.IndexOfAnyExcept(value);
        return other < 0 ? values.Length : other;
    }
}
