using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chain.Core.Rpc.Client;

/// <summary>One call, one POST. Safe for any thread.</summary>
internal sealed class RpcTransport : IDisposable
{
    private const int FirstBytes = 512;

    private readonly HttpClient _http;
    private readonly RpcClientOptions _options;
    private long _lastId;

    public RpcTransport(Uri url, RpcClientOptions options, HttpMessageHandler? handler)
    {
        _options = options;
        _http = handler is null ? new HttpClient() : new HttpClient(handler, disposeHandler: false);
        _http.BaseAddress = url;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        if (options.BearerToken is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public HttpClient Http => _http;

    /// <summary>Calls a method.</summary>
    /// <exception cref="RpcException">The server refused the call.</exception>
    /// <exception cref="RpcProtocolException">What came back is no answer.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="TimeoutException">The answer took too long.</exception>
    public async Task<T> CallAsync<T>(string method, RpcParameters? parameters, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_options.Timeout);
        try
        {
            using var content = new ReadOnlyMemoryContent(Encode(method, parameters));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
            using HttpResponseMessage response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            ReadOnlyMemory<byte> answer = await ReadAsync(response.Content, patience.Token).ConfigureAwait(false);
            return Decode(answer, type);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{method} was not answered within {_options.Timeout}.");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The bytes of a request.</summary>
    public static byte[] Encode(string method, RpcParameters? parameters, string id)
    {
        var bytes = new ArrayBufferWriter<byte>(FirstBytes);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WriteString("id"u8, id);
            writer.WriteString("method"u8, method);
            parameters?.WriteTo(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The result in an answer.</summary>
    public static T Decode<T>(ReadOnlyMemory<byte> answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error"u8, out JsonElement error))
            {
                throw new RpcException(error.Deserialize(ClientJson.Default.RpcErrorBody) ?? throw new RpcProtocolException("The error is null."));
            }

            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("result"u8, out JsonElement result)
                ? result.Deserialize(type) ?? throw new RpcProtocolException("The result is null.")
                : throw new RpcProtocolException("The answer has neither a result nor an error.");
        }
        catch (JsonException wrong)
        {
            throw new RpcProtocolException($"The answer is not what was expected: {wrong.Message}", wrong);
        }
    }

    private byte[] Encode(string method, RpcParameters? parameters) =>
        Encode(method, parameters, Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture));

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var bytes = new ArrayBufferWriter<byte>((int)long.Clamp(content.Headers.ContentLength ?? FirstBytes, 1, _options.MaxAnswerBytes));
        while (true)
        {
            int count = await stream.ReadAsync(bytes.GetMemory(1), cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                return bytes.WrittenMemory;
            }

            bytes.Advance(count);
            if (bytes.WrittenCount > _options.MaxAnswerBytes)
            {
                throw new RpcProtocolException($"The answer is longer than {_options.MaxAnswerBytes} bytes.");
            }
        }
    }
}
