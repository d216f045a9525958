using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>One WebSocket: answers its messages one after another, and sends what it has subscribed to.</summary>
/// <remarks>Nothing is queued: a subscription waits until its last notification is on its way, and a client that does not read is cut.</remarks>
internal sealed class RpcSession(WebSocket socket, RpcDispatcher dispatcher, RpcHost host) : IDisposable
{
    private const int FirstBytes = 4096;

    /// <summary>The server has no room for the message now: "try again later", which the framework has no name for.</summary>
    private const WebSocketCloseStatus Busy = (WebSocketCloseStatus)1013;

    private readonly SemaphoreSlim _sending = new(1);
    private readonly Dictionary<string, Subscription> _subscriptions = [];
    private readonly List<Task> _ending = [];
    private int _named;

    /// <summary>Adds a subscription; it begins once the answer that names it is sent. False where there are too many.</summary>
    public bool TryStart(INotificationFeed feed, out string name)
    {
        name = "";
        Forget(static subscription => subscription.Pump is { IsCompleted: true });
        if (_subscriptions.Count >= host.Options.MaxSubscriptionsPerConnection)
        {
            return false;
        }

        name = string.Create(CultureInfo.InvariantCulture, $"s{++_named}");
        _subscriptions.Add(name, new Subscription(feed));
        return true;
    }

    /// <summary>Ends a subscription; false where there is none of this name.</summary>
    public bool TryEnd(string name)
    {
        if (!_subscriptions.Remove(name, out Subscription? ended))
        {
            return false;
        }

        End(ended);
        return true;
    }

    /// <summary>Serves until either side ends it.</summary>
    public async Task RunAsync(RpcCaller caller, CancellationToken cancellation)
    {
        try
        {
            while (await ReceiveAsync(caller, cancellation).ConfigureAwait(false))
            {
                StartSubscriptions(cancellation);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort();
        }
        finally
        {
            Forget(static _ => true);
            await Task.WhenAll(_ending).ConfigureAwait(false);
        }
    }

    public void Dispose() => _sending.Dispose();

    /// <summary>Takes one message and answers it; false where the other side is done.</summary>
    private async Task<bool> ReceiveAsync(RpcCaller caller, CancellationToken cancellation)
    {
        // An idle socket holds no buffer: the first read waits without one.
        await socket.ReceiveAsync(Memory<byte>.Empty, cancellation).ConfigureAwait(false);
        using var message = new MessageBuffer(FirstBytes, host.Options.MaxRequestBytes, host.Messages, caller.Address);
        ValueWebSocketReceiveResult received;
        do
        {
            if (!message.TryMakeRoom())
            {
                await RefuseAsync(message.IsOverLimit).ConfigureAwait(false);
                return false;
            }

            received = await socket.ReceiveAsync(message.Room, cancellation).ConfigureAwait(false);
            message.Advance(received.Count);
        }
        while (!received.EndOfMessage);

        if (message.IsOverLimit)
        {
            await RefuseAsync(isTooLarge: true).ConfigureAwait(false);
            return false;
        }

        switch (received.MessageType)
        {
            case WebSocketMessageType.Close:
                await CloseAsync(WebSocketCloseStatus.NormalClosure, null).ConfigureAwait(false);
                return false;
            case WebSocketMessageType.Binary:
                await CloseAsync(WebSocketCloseStatus.InvalidMessageType, "send text").ConfigureAwait(false);
                return false;
        }

        ResponseBuffer response = host.Buffers.Get();
        long held = 0;
        try
        {
            if (!caller.TrySpend(1))
            {
                RpcDispatcher.WriteError(response, default, ErrorKinds.RateLimited);
                await SendAsync(response.Written).ConfigureAwait(false);
            }
            else if (await dispatcher.AnswerAsync(message.Written, caller, response, cancellation).ConfigureAwait(false))
            {
                held = MessageMemory.CostOf(response.Written.Length);
                host.Messages.Take(caller.Address, held);
                await SendAsync(response.Written).ConfigureAwait(false);
            }
        }
        finally
        {
            host.Messages.Free(caller.Address, held);
            host.Buffers.Return(response);
        }

        return true;
    }

    private Task RefuseAsync(bool isTooLarge) => isTooLarge
        ? CloseAsync(WebSocketCloseStatus.MessageTooBig, $"at most {host.Options.MaxRequestBytes} bytes")
        : CloseAsync(Busy, ErrorKinds.Busy.Message);

    private void StartSubscriptions(CancellationToken cancellation)
    {
        foreach ((string name, Subscription subscription) in _subscriptions)
        {
            subscription.Pump ??= PumpAsync(name, subscription, cancellation);
        }
    }

    private void Forget(Predicate<Subscription> which)
    {
        foreach ((string name, Subscription subscription) in _subscriptions.ToArray())
        {
            if (which(subscription))
            {
                _subscriptions.Remove(name);
                End(subscription);
            }
        }
    }

    private void End(Subscription subscription)
    {
        subscription.Ended.Cancel();
        _ending.RemoveAll(static pump => pump.IsCompleted);
        if (subscription.Pump is { IsCompleted: false } pump)
        {
            _ending.Add(pump);
        }
    }

    private async Task PumpAsync(string name, Subscription subscription, CancellationToken cancellation)
    {
        INotificationFeed feed = subscription.Feed;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(subscription.Ended.Token, cancellation);
        try
        {
            await foreach (RpcReply happened in feed.ReadAllAsync(either.Token).ConfigureAwait(false))
            {
                await NotifyAsync(name, feed.Method, happened).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The subscription, the connection or the node has ended; whoever ended it knows.
        }
        catch (Exception fault)
        {
            host.OnFault(feed.Method, fault);
            socket.Abort();
        }
    }

    private async Task NotifyAsync(string name, string method, RpcReply happened)
    {
        ResponseBuffer notification = host.Buffers.Get();
        try
        {
            Utf8JsonWriter writer = notification.Writer;
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WriteString("method"u8, method);
            writer.WriteStartObject("params"u8);
            writer.WriteString("subscription"u8, name);
            writer.WritePropertyName("event"u8);
            JsonSerializer.Serialize(writer, happened.Value, happened.Type!);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.Flush();
            await SendAsync(notification.Written).ConfigureAwait(false);
        }
        finally
        {
            host.Buffers.Return(notification);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        using var patience = new CancellationTokenSource(host.Options.SlowClientTimeout);
        await _sending.WaitAsync(patience.Token).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            host.OnCut("it left what was sent to it unread");
            socket.Abort();
            throw;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string? reason)
    {
        using var patience = new CancellationTokenSource(host.Options.SlowClientTimeout);
        await _sending.WaitAsync(patience.Token).ConfigureAwait(false);
        try
        {
            await socket.CloseOutputAsync(status, reason, patience.Token).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private sealed class Subscription(INotificationFeed feed)
    {
        public INotificationFeed Feed { get; } = feed;

        public CancellationTokenSource Ended { get; } = new();

        /// <summary>Null until the answer that names the subscription is sent.</summary>
        public Task? Pump { get; set; }
    }
}
