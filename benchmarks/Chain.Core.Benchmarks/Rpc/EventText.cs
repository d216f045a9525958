using System.Globalization;
using System.Text.Json;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>Reads events.</summary>
internal static class EventText
{
    /// <summary>The height of the block that was added; null where another thing happened.</summary>
    /// <exception cref="InvalidDataException">The reader was told that it fell behind.</exception>
    public static ulong? AddedHeight(JsonElement happened) => happened.GetProperty("kind").GetString() switch
    {
        "added" => ulong.Parse(happened.GetProperty("height").GetString()!.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        "lagged" => throw new InvalidDataException("A reader fell behind."),
        _ => null,
    };
}
