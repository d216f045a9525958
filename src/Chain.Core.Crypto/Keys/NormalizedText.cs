using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Chain.Core.Crypto;

/// <summary>Passwords and mnemonics as the bytes that are hashed: UTF-8 of the NFKD form.</summary>
internal static class NormalizedText
{
    private const string Composed = "\u00e9";

    /// <summary>The bytes; the caller wipes them where they are secret.</summary>
    /// <exception cref="ArgumentException">The text holds half a surrogate pair or U+FFFE.</exception>
    /// <exception cref="PlatformNotSupportedException">The text is not ASCII and the process runs without Unicode data.</exception>
    public static byte[] ToUtf8(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return Utf8Of(text);
        }

        char[] decomposed = Decompose(text);
        byte[] bytes = Utf8Of(decomposed);
        Wipe(decomposed);
        return bytes;
    }

    /// <summary>The same without the control codes C0, C1 and Delete, as ERC-2335 wants passwords.</summary>
    /// <inheritdoc cref="ToUtf8"/>
    public static byte[] ToUtf8WithoutControls(ReadOnlySpan<char> text)
    {
        char[] decomposed = Ascii.IsValid(text) ? text.ToArray() : Decompose(text);
        var kept = new char[decomposed.Length];
        int count = 0;
        foreach (char letter in decomposed)
        {
            if (!char.IsControl(letter))
            {
                kept[count++] = letter;
            }
        }

        byte[] bytes = Utf8Of(kept.AsSpan(0, count));
        Wipe(decomposed);
        Wipe(kept);
        return bytes;
    }

    /// <summary>The NFKD form of a text that is not all ASCII.</summary>
    public static char[] Decompose(ReadOnlySpan<char> text)
    {
        // Without the data, normalisation returns its input and tells nobody: another password, another key.
        if (StringNormalizationExtensions.GetNormalizedLength(Composed, NormalizationForm.FormKD) == Composed.Length)
        {
            throw new PlatformNotSupportedException(
                "Text beyond ASCII needs Unicode normalisation, which this process runs without (InvariantGlobalization).");
        }

        var decomposed = new char[StringNormalizationExtensions.GetNormalizedLength(text, NormalizationForm.FormKD)];
        return StringNormalizationExtensions.TryNormalize(text, decomposed, out int written, NormalizationForm.FormKD)
            && written == decomposed.Length
            ? decomposed
            : throw new UnreachableException("The normalised length was wrong.");
    }

    public static void Wipe(Span<char> text) =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(text));

    private static byte[] Utf8Of(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
