using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>Text out of JSON that anybody may have written.</summary>
internal static class JsonText
{
    private const int MaxDescribed = 48;

    /// <summary>The characters of a string; false for other values and for half of a surrogate pair.</summary>
    public static bool TryGet(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 alone is JSON, but no text.
        }

        return text is not null;
    }

    /// <summary>Whether a member has this name in UTF-8; one that is no text has none.</summary>
    public static bool IsNamed(JsonProperty property, ReadOnlySpan<byte> name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A value as a short piece of text for an error.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String when !TryGet(element, out _) => "half of a surrogate pair",
        _ => Shorten(element.GetRawText()),
    };

    private static string Shorten(string text) =>
        text.Length <= MaxDescribed ? text : string.Concat(text.AsSpan(0, MaxDescribed), "…");
}
