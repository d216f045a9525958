using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>A subscriber over a WebSocket.</summary>
internal sealed class SocketSource(Uri url) : IEventSource
{
    private static readonly byte[] Follow = Encoding.ASCII.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"chain_v1_follow"}""");

    private readonly ClientWebSocket _socket = new();

    public async Task OpenAsync()
    {
        await _socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws" }.Uri, CancellationToken.None);
        await _socket.SendAsync(Follow, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        using JsonDocument answer = await ReceiveAsync(CancellationToken.None);
        if (!answer.RootElement.TryGetProperty("result", out _))
        {
            throw new InvalidOperationException($"chain_v1_follow failed: {answer.RootElement}");
        }
    }

    public async Task<ulong> NextAddedAsync(CancellationToken patience)
    {
        while (true)
        {
            using JsonDocument notification = await ReceiveAsync(patience);
            if (EventText.AddedHeight(notification.RootElement.GetProperty("params").GetProperty("event")) is { } height)
            {
                return height;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonDocument> ReceiveAsync(CancellationToken patience)
    {
        var message = new byte[4096];
        int length = 0;
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(message.AsMemory(length), patience);
            length += received.Count;
        }
        while (!received.EndOfMessage);

        return received.MessageType == WebSocketMessageType.Text
            ? JsonDocument.Parse(message.AsMemory(0, length))
            : throw new EndOfStreamException("The socket was closed.");
    }
}
