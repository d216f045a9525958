using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Crypto;

/// <summary>
/// Addresses for people: a prefix that names the network, then bytes with a checksum that finds any four wrong letters
/// (BIP-350).
/// </summary>
public static class Bech32m
{
    /// <summary>The longest text in characters.</summary>
    public const int MaxLength = Bech32mSymbols.MaxLength;

    private const int BitsPerSymbol = 5;

    /// <summary>Writes an address in lower case.</summary>
    /// <param name="prefix">The network: 1 to 83 characters from <c>!</c> to <c>~</c>, none of them upper case.</param>
    /// <param name="data">The bytes; with a prefix of 4 characters, 49 at most.</param>
    /// <exception cref="ArgumentException">The prefix is not one, or the text would pass <see cref="MaxLength"/>.</exception>
    public static string Encode(string prefix, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (!Bech32mSymbols.IsPrefix(prefix))
        {
            throw new ArgumentException("A prefix has 1 to 83 printable characters in lower case.", nameof(prefix));
        }

        int symbols = (int)(((8L * data.Length) + BitsPerSymbol - 1) / BitsPerSymbol);
        if (prefix.Length + 1 + symbols + Bech32mSymbols.ChecksumLength > MaxLength)
        {
            throw new ArgumentException($"The text would be longer than {MaxLength} characters.", nameof(data));
        }

        return Bech32mSymbols.Write(prefix, SymbolsOf(data, symbols));
    }

    /// <summary>Reads an address of one network, in lower case or in upper case.</summary>
    /// <returns>False where the checksum is wrong or the address is one of another network.</returns>
    public static bool TryDecode(string? text, string prefix, [NotNullWhen(true)] out byte[]? data)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        bool isOurs = TryDecode(text, out string? found, out data) && found == prefix;
        data = isOurs ? data : null;
        return isOurs;
    }

    /// <summary>Reads an address of any network; <paramref name="prefix"/> says which, in lower case.</summary>
    public static bool TryDecode(string? text, [NotNullWhen(true)] out string? prefix, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        return Bech32mSymbols.TryRead(text, out prefix, out byte[] symbols) && TryBytesOf(symbols, out data);
    }

    private static byte[] SymbolsOf(ReadOnlySpan<byte> data, int count)
    {
        var symbols = new byte[count];
        for (int bit = 0; bit < 8 * data.Length; bit++)
        {
            int value = (data[bit / 8] >> (7 - (bit % 8))) & 1;
            symbols[bit / BitsPerSymbol] |= (byte)(value << (BitsPerSymbol - 1 - (bit % BitsPerSymbol)));
        }

        return symbols;
    }

    /// <summary>False where the last symbol is superfluous or its unused bits are not zero: bytes have one text.</summary>
    private static bool TryBytesOf(ReadOnlySpan<byte> symbols, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        var bytes = new byte[symbols.Length * BitsPerSymbol / 8];
        int unused = (symbols.Length * BitsPerSymbol) - (8 * bytes.Length);
        if (unused >= BitsPerSymbol || (unused > 0 && (symbols[^1] & ((1 << unused) - 1)) != 0))
        {
            return false;
        }

        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            int value = (symbols[bit / BitsPerSymbol] >> (BitsPerSymbol - 1 - (bit % BitsPerSymbol))) & 1;
            bytes[bit / 8] |= (byte)(value << (7 - (bit % 8)));
        }

        data = bytes;
        return true;
    }
}
