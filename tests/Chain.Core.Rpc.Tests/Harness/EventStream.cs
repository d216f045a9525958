using System.Text.Json.Nodes;

namespace Chain.Core.Rpc.Tests;

/// <summary>Reads server-sent events as a browser would.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventStream(HttpResponseMessage response, StreamReader lines)
    {
        _response = response;
        _lines = lines;
    }

    public static async Task<EventStream> OpenAsync(HttpClient http, string after)
    {
        HttpResponseMessage response = await http.GetAsync($"/v1/events?after={after}", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; its id must be the cursor, and its name the kind.</summary>
    public async Task<JsonNode> NextAsync()
    {
        string id = "", name = "", data = "";
        using var patience = new CancellationTokenSource(ServedNode.Patience);
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0 && data.Length > 0)
            {
                JsonNode happened = JsonNode.Parse(data)!;
                Assert.Equal(id, (string)happened["cursor"]!);
                Assert.Equal(name, (string)happened["kind"]!);
                return happened;
            }

            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            name = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : name;
            data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
        }

        throw new EndOfStreamException();
    }

    /// <summary>The next events as <c>kind height</c>.</summary>
    public async Task<string[]> NextAsync(int count)
    {
        var told = new string[count];
        for (int i = 0; i < count; i++)
        {
            told[i] = Describe(await NextAsync());
        }

        return told;
    }

    public static string Describe(JsonNode happened) => $"{happened["kind"]} {happened["height"]}";

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
