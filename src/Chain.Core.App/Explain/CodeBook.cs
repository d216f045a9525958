using System.Collections.Frozen;

namespace Chain.Core.App.Explain;

/// <summary>Every code with its explanation, read from <c>docs/codes.md</c>, which is part of the assembly.</summary>
internal static class CodeBook
{
    private const string Heading = "## ";
    private const string Separator = " · ";

    /// <summary>The explanations by code.</summary>
    public static FrozenDictionary<string, CodeEntry> All { get; } = Read();

    private static FrozenDictionary<string, CodeEntry> Read()
    {
        using Stream stream = typeof(CodeBook).Assembly.GetManifestResourceStream("codes.md")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd()).ToFrozenDictionary(static entry => entry.Code, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<CodeEntry> Parse(string text)
    {
        foreach (string section in text.ReplaceLineEndings("\n").Split("\n" + Heading).Skip(1))
        {
            int end = section.IndexOf('\n', StringComparison.Ordinal);
            string[] title = section[..end].Split(Separator, 2);
            yield return new CodeEntry(title[0], title[1], section[end..].Trim());
        }
    }
}
