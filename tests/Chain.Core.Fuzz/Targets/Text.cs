using System.Runtime.InteropServices;
using System.Text;

namespace Chain.Core.Fuzz;

/// <summary>Text as input. Bytes that begin with 0xff are UTF-16, so that half surrogate pairs occur; all others are UTF-8.</summary>
internal static class Text
{
    private const byte Utf16Mark = 0xff;
    private const char NoCharacter = '\ufffe';

    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static string From(byte[] input) => input is [Utf16Mark, ..]
        ? new string(MemoryMarshal.Cast<byte, char>(input.AsSpan(1)))
        : Encoding.UTF8.GetString(input);

    /// <summary>Whether normalisation takes it: every surrogate has its other half, and there is no U+FFFE.</summary>
    public static bool IsUnicode(string text)
    {
        if (text.Contains(NoCharacter))
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
