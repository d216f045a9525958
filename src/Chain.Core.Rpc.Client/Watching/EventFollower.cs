using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Chain.Core.Rpc.Client;

/// <summary>Reads <c>GET /v1/events</c>, and opens it again after the last event wherever it breaks.</summary>
internal sealed class EventFollower(RpcTransport transport, RpcClientOptions options)
{
    private const int MaxLine = 64 * 1024;

    public async IAsyncEnumerable<ChainEvent> FollowAsync(string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var backoff = new Backoff(options);
        bool isFirst = after == "latest";
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            IAsyncEnumerator<ChainEvent> stream = ReadAsync(after, cancellation).GetAsyncEnumerator(cancellation);
            await using (stream.ConfigureAwait(false))
            {
                while (await MoveNextAsync(stream, cancellation).ConfigureAwait(false))
                {
                    backoff.Reset();
                    after = stream.Current.Cursor;
                    isFirst = false;
                    yield return stream.Current;
                }
            }

            if (isFirst)
            {
                // Broken before the first event: what came meanwhile would be lost with 'latest'.
                after = await CursorOfHeadAsync(cancellation).ConfigureAwait(false) ?? after;
            }

            await backoff.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static Task<string?> CursorOfHeadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<string?>(null);
    }

    /// <summary>The next event; false where the stream broke.</summary>
    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChainEvent> stream, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is (HttpRequestException { StatusCode: null } or IOException or OperationCanceledException)
            and not RpcProtocolException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>One connection's events.</summary>
    private async IAsyncEnumerable<ChainEvent> ReadAsync(string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(options.StreamTimeout);
        using HttpResponseMessage response = await transport.Http.GetAsync(
            $"/v1/events?after={Uri.EscapeDataString(after)}", HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            RpcTransport.Decode(await response.Content.ReadAsByteArrayAsync(silence.Token).ConfigureAwait(false), ClientJson.Default.ChainEventBody);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The server answered {(int)response.StatusCode}.");
        }

        Stream stream = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var lines = new LineReader(stream, MaxLine);
        while (await lines.ReadAsync(silence.Token).ConfigureAwait(false) is { } line)
        {
            silence.CancelAfter(options.StreamTimeout);
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return Decode(line.AsSpan(6));
            }
        }
    }

    private static ChainEvent Decode(ReadOnlySpan<char> data)
    {
        try
        {
            return (JsonSerializer.Deserialize(data, ClientJson.Default.ChainEventBody) ?? throw new RpcProtocolException("An event is null.")).ToEvent();
        }
        catch (JsonException wrong)
        {
            throw new RpcProtocolException($"An event is not what was expected: {wrong.Message}", wrong);
        }
    }
}
