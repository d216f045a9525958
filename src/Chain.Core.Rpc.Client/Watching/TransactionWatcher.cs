using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>
/// Watches a transaction over a WebSocket. Where the connection breaks it is made again: the server then tells where the
/// transaction is now, so that no change is missed and none is told twice.
/// </summary>
internal sealed class TransactionWatcher(Uri url, RpcClientOptions options)
{
    private const int MaxMessage = 1024 * 1024;

    public async IAsyncEnumerable<TransactionProgress> WatchAsync(TransactionId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var backoff = new Backoff(options);
        TransactionProgress? last = null;
        while (last is not { IsLast: true })
        {
            IAsyncEnumerator<TransactionProgress> connection = ReadAsync(id, cancellation).GetAsyncEnumerator(cancellation);
            await using (connection.ConfigureAwait(false))
            {
                while (last is not { IsLast: true } && await MoveNextAsync(connection, cancellation).ConfigureAwait(false))
                {
                    backoff.Reset();
                    TransactionProgress now = connection.Current;
                    if (last is { Stage: TransactionStage.InBlock } && now.Block != last.Block)
                    {
                        // The connection was broken while the block left the chain.
                        yield return last with { Stage = TransactionStage.Reorged, Receipt = null };
                    }

                    if (now.Stage != last?.Stage || now.Block != last.Block)
                    {
                        last = now;
                        yield return now;
                    }
                }
            }

            if (last is not { IsLast: true })
            {
                await backoff.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<TransactionProgress> connection, CancellationToken cancellation)
    {
        try
        {
            return await connection.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or OperationCanceledException
            && broken is not RpcProtocolException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What one connection tells.</summary>
    private async IAsyncEnumerable<TransactionProgress> ReadAsync(TransactionId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using ClientWebSocket socket = await ConnectAsync(cancellation).ConfigureAwait(false);
        byte[] request = RpcTransport.Encode("tx_v1_watch", new RpcParameters().Add(id.Value), "watch");
        await socket.SendAsync(request.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
        if (await ReceiveAsync(socket, cancellation).ConfigureAwait(false) is not { } answer)
        {
            yield break;
        }

        RpcTransport.Decode(answer, ClientJson.Default.SubscriptionBody);
        while (await ReceiveAsync(socket, cancellation).ConfigureAwait(false) is { } message)
        {
            yield return Decode(message);
        }
    }

    private async Task<ClientWebSocket> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            if (options.BearerToken is { } token)
            {
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            }

            socket.Options.KeepAliveInterval = options.StreamTimeout / 2;
            socket.Options.KeepAliveTimeout = options.StreamTimeout;
            await socket.ConnectAsync(new UriBuilder(url) { Scheme = url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri, cancellation)
                .ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next whole message; null where the server is done.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (message.Length > MaxMessage)
            {
                throw new RpcProtocolException($"A message is longer than {MaxMessage} bytes.");
            }

            if (received.EndOfMessage)
            {
                return message.GetBuffer().AsMemory(0, (int)message.Length);
            }
        }
    }

    private static TransactionProgress Decode(ReadOnlyMemory<byte> message)
    {
        try
        {
            WatchNotification? notification = JsonSerializer.Deserialize(message.Span, ClientJson.Default.WatchNotification);
            return (notification ?? throw new RpcProtocolException("A notification is null.")).Params.Event.ToProgress();
        }
        catch (JsonException wrong)
        {
            throw new RpcProtocolException($"A notification is not what was expected: {wrong.Message}", wrong);
        }
    }
}
