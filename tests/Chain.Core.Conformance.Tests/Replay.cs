using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chain.Core.Testing;

namespace Chain.Core.Conformance.Tests;

/// <summary>Requests with the answers that published vectors demand, sent through an adapter.</summary>
internal sealed class Replay
{
    private const int MaxShown = 400;

    private readonly List<(JsonObject Request, Action<JsonElement> Check)> _requests = [];

    public int Count => _requests.Count;

    /// <summary>The cases of a file of fresh vectors.</summary>
    public static List<JsonObject> Cases(string file) =>
        [.. Root(file)["cases"]!.AsArray().Select(test => test!.AsObject())];

    public static JsonNode Root(string file) => JsonNode.Parse(File.ReadAllBytes(Vectors.PathOf(file)))!;

    /// <summary>Sends bytes through an adapter in this process.</summary>
    public static string Run(string lines, AdapterOptions? options = null)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        using var output = new MemoryStream();
        new Adapter(options ?? new AdapterOptions()).Run(input, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>A request with fields taken from a vector; a pair renames one.</summary>
    public static JsonObject From(JsonObject vector, string verb, params ReadOnlySpan<string> fields)
    {
        var request = new JsonObject { ["verb"] = verb };
        foreach (string field in fields)
        {
            string[] names = field.Split('=');
            request[names[0]] = vector[names[^1]]?.DeepClone();
        }

        return request;
    }

    public void Expect(JsonObject request, string field, JsonNode? value) => _requests.Add((request, answer =>
        Assert.True(
            answer.TryGetProperty(field, out JsonElement found) && JsonNode.DeepEquals(JsonNode.Parse(found.GetRawText()), value),
            $"{Start(request.ToJsonString())} gave {Start(answer.GetRawText())}, not {field} = {value?.ToJsonString()}")));

    /// <summary>There is a value, and not this one.</summary>
    public void ExpectOther(JsonObject request, string field, JsonNode? value) => _requests.Add((request, answer =>
        Assert.True(
            answer.TryGetProperty(field, out JsonElement found) && !JsonNode.DeepEquals(JsonNode.Parse(found.GetRawText()), value),
            $"{Start(request.ToJsonString())} gave {Start(answer.GetRawText())}")));

    public void ExpectError(JsonObject request, string error) => Expect(request, "error", error);

    /// <summary>Every request on a line, with its number as id.</summary>
    public string Lines() => string.Concat(_requests.Select((pair, id) =>
    {
        pair.Request["id"] = id;
        return pair.Request.ToJsonString() + "\n";
    }));

    /// <summary>Compares the answers, of which there is one for each request, in order.</summary>
    public void Check(string answers)
    {
        string[] lines = answers.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(_requests.Count, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            using JsonDocument answer = JsonDocument.Parse(lines[i]);
            Assert.Equal(i, answer.RootElement.GetProperty("id").GetInt32());
            _requests[i].Check(answer.RootElement);
        }
    }

    private static string Start(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";
}
