using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Chain.Core.Rpc.Client;

/// <summary>Reads <c>GET /v1/events</c>, and opens it again after the last event wherever it breaks.</summary>
internal sealed class EventFollower(RpcTransport transport, RpcClientOptions options)
{
    private const int MaxLine = 64 * 1024;
    private const string Id = "id: ";
    private const string Data = "data: ";

    private string _after = "latest";
    private string? _next;
    private bool _wasConnected;

    /// <summary>Follows from a place; once, for each follower.</summary>
    public async IAsyncEnumerable<ChainEvent> FollowAsync(string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var backoff = new Backoff(options);
        _after = after;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            IAsyncEnumerator<ChainEvent> stream = ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
            await using (stream.ConfigureAwait(false))
            {
                while (await MoveNextAsync(stream, cancellation).ConfigureAwait(false))
                {
                    backoff.Reset();
                    yield return stream.Current;
                }
            }

            await backoff.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static bool MayPass(Exception fault) => fault switch
    {
        RpcProtocolException => false,
        HttpRequestException http => http.StatusCode is null or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests,
        _ => fault is IOException or OperationCanceledException,
    };

    /// <summary>The next event; false where the stream broke. A server that was never reached is no broken stream.</summary>
    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChainEvent> stream, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception broken) when (_wasConnected && MayPass(broken) && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>One connection's events.</summary>
    private async IAsyncEnumerable<ChainEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(options.StreamTimeout);
        using HttpResponseMessage response = await transport.Http.GetAsync(
            $"/v1/events?after={Uri.EscapeDataString(_after)}", HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            RpcTransport.Decode(await response.Content.ReadAsByteArrayAsync(silence.Token).ConfigureAwait(false), ClientJson.Default.ChainEventBody);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The server answered {(int)response.StatusCode}.", null, response.StatusCode);
        }

        _wasConnected = true;
        Stream stream = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var lines = new LineReader(stream, MaxLine);
        while (await lines.ReadAsync(silence.Token).ConfigureAwait(false) is { } line)
        {
            silence.CancelAfter(options.StreamTimeout);
            if (line.StartsWith(Id, StringComparison.Ordinal))
            {
                // Also without an event: where this reader is, before anything has happened.
                _next = line[Id.Length..];
            }
            else if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                yield return Decode(line.AsSpan(Data.Length));
            }
            else if (line.Length == 0)
            {
                _after = _next ?? _after;
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
