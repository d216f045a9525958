using System.Text.Json;
using Chain.Core.Testing;

namespace Chain.Core.Crypto.Tests;

/// <summary>Reads the published JSON vectors.</summary>
internal static class VectorJson
{
    public static JsonDocument Open(string relative) => JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf(relative)));

    /// <summary>Every test of a Wycheproof file with its group.</summary>
    public static IEnumerable<(JsonElement Group, JsonElement Test)> Wycheproof(JsonDocument file) =>
        file.RootElement.GetProperty("testGroups").EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray(), (group, test) => (group, test));

    public static IEnumerable<JsonElement> Cases(JsonDocument file) => file.RootElement.GetProperty("cases").EnumerateArray();

    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    public static byte[] HexOrEmpty(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? Convert.FromHexString(value.GetString()!) : [];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
