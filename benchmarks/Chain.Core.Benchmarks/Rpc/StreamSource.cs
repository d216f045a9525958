using System.Text.Json;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>A subscriber by server-sent events.</summary>
internal sealed class StreamSource(Uri url, HttpClient http) : IEventSource
{
    private HttpResponseMessage? _response;
    private StreamReader? _lines;

    public async Task OpenAsync()
    {
        _response = await http.GetAsync(new Uri(url, "/v1/events?after=latest"), HttpCompletionOption.ResponseHeadersRead);
        _response.EnsureSuccessStatusCode();
        _lines = new StreamReader(await _response.Content.ReadAsStreamAsync());
        await _lines.ReadLineAsync(); // the cursor to begin with: the subscription stands
    }

    public async Task<ulong> NextAddedAsync(CancellationToken patience)
    {
        while (await _lines!.ReadLineAsync(patience) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using JsonDocument happened = JsonDocument.Parse(line["data: ".Length..]);
                if (EventText.AddedHeight(happened.RootElement) is { } height)
                {
                    return height;
                }
            }
        }

        throw new EndOfStreamException("The stream of events ended.");
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _response?.Dispose();
    }
}
