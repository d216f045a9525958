namespace Chain.Core.Crypto;

/// <summary>Texts of a prefix, the separator, symbols of five bits and a checksum (BIP-350).</summary>
internal static class Bech32mSymbols
{
    public const int MaxLength = 90;
    public const int ChecksumLength = 6;

    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const char Separator = '1';
    private const uint ChecksumConstant = 0x2bc830a3;

    /// <summary>Whether texts may start with it: 1 to 83 printable characters, none of them upper case.</summary>
    public static bool IsPrefix(ReadOnlySpan<char> prefix) =>
        prefix.Length is >= 1 and <= 83 && !prefix.ContainsAnyExceptInRange('!', '~') && !prefix.ContainsAnyInRange('A', 'Z');

    public static string Write(ReadOnlySpan<char> prefix, ReadOnlySpan<byte> symbols)
    {
        uint sum = Continue(Continue(StartOf(prefix), symbols), stackalloc byte[ChecksumLength]) ^ ChecksumConstant;
        Span<char> text = stackalloc char[MaxLength];
        prefix.CopyTo(text);
        text[prefix.Length] = Separator;
        int length = prefix.Length + 1;
        foreach (byte symbol in symbols)
        {
            text[length++] = Alphabet[symbol];
        }

        for (int shift = 5 * (ChecksumLength - 1); shift >= 0; shift -= 5)
        {
            text[length++] = Alphabet[(int)((sum >> shift) & 31)];
        }

        return new string(text[..length]);
    }

    /// <summary>Reads a text in one case; false where anything is wrong.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out string prefix, out byte[] symbols)
    {
        prefix = "";
        symbols = [];
        int separator = text.LastIndexOf(Separator);
        bool hasBothCases = text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('A', 'Z');
        if (text.Length > MaxLength || separator < 1 || text.Length - separator - 1 < ChecksumLength || hasBothCases)
        {
            return false;
        }

        Span<char> lower = stackalloc char[MaxLength];
        lower = lower[..text.ToLowerInvariant(lower)];
        var read = new byte[text.Length - separator - 1];
        if (!IsPrefix(lower[..separator]) || !TryReadSymbols(lower[(separator + 1)..], read)
            || Continue(StartOf(lower[..separator]), read) != ChecksumConstant)
        {
            return false;
        }

        prefix = new string(lower[..separator]);
        symbols = read[..^ChecksumLength];
        return true;
    }

    private static bool TryReadSymbols(ReadOnlySpan<char> letters, Span<byte> symbols)
    {
        for (int i = 0; i < letters.Length; i++)
        {
            int symbol = Alphabet.IndexOf(letters[i], StringComparison.Ordinal);
            if (symbol < 0)
            {
                return false;
            }

            symbols[i] = (byte)symbol;
        }

        return true;
    }

    private static uint StartOf(ReadOnlySpan<char> prefix)
    {
        uint sum = 1;
        foreach (char letter in prefix)
        {
            sum = Next(sum, (uint)letter >> 5);
        }

        sum = Next(sum, 0);
        foreach (char letter in prefix)
        {
            sum = Next(sum, (uint)letter & 31);
        }

        return sum;
    }

    private static uint Continue(uint sum, ReadOnlySpan<byte> symbols)
    {
        foreach (byte symbol in symbols)
        {
            sum = Next(sum, symbol);
        }

        return sum;
    }

    /// <summary>One step of the BCH code: times x, plus the value, modulo the generator of BIP-173.</summary>
    private static uint Next(uint sum, uint value)
    {
        uint top = sum >> 25;
        sum = ((sum & 0x1ffffff) << 5) ^ value;
        sum ^= (top & 1) != 0 ? 0x3b6a57b2u : 0;
        sum ^= (top & 2) != 0 ? 0x26508e6du : 0;
        sum ^= (top & 4) != 0 ? 0x1ea119fau : 0;
        sum ^= (top & 8) != 0 ? 0x3d4233ddu : 0;
        return sum ^ ((top & 16) != 0 ? 0x2a1462b3u : 0);
    }
}
