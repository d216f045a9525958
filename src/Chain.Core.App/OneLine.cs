using System.Globalization;

namespace Chain.Core.App;

/// <summary>Text from outside on a terminal: a node or a file may name things with bytes that move the cursor or turn the line around.</summary>
internal static class OneLine
{
    private const int MaxLength = 400;

    /// <summary>The text without control characters and without marks of direction, cut where it is long.</summary>
    public static string Of(string text)
    {
        string line = string.Create(int.Min(text.Length, MaxLength), text, static (shown, text) =>
        {
            for (int i = 0; i < shown.Length; i++)
            {
                shown[i] = CharUnicodeInfo.GetUnicodeCategory(text[i])
                    is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : text[i];
            }
        });
        return text.Length <= MaxLength ? line : line + "…";
    }
}
