using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Chain.Core.Rpc;

/// <summary>JSON-RPC at <c>/</c>: a request with each POST, or any number over a WebSocket.</summary>
internal sealed class RpcEndpoint(RpcDispatcher dispatcher, RpcHost host)
{
    public const string JsonType = "application/json";

    private const int FirstBytes = 8 * 1024;

    public async Task ServePostAsync(HttpContext context)
    {
        RpcCaller caller = host.CallerOf(context);
        if (!caller.TrySpend(1))
        {
            context.Response.Headers.RetryAfter = "1";
            await host.RefuseAsync(context, StatusCodes.Status429TooManyRequests, ErrorKinds.RateLimited).ConfigureAwait(false);
            return;
        }

        // What arrived in one piece is read where it is.
        PipeReader body = context.Request.BodyReader;
        if (context.Request.ContentLength is { } length && length <= FirstBytes)
        {
            ReadResult read = await body.ReadAtLeastAsync((int)length, context.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.IsSingleSegment && read.Buffer.Length == length)
            {
                await AnswerAsync(context, caller, read.Buffer.First).ConfigureAwait(false);
                body.AdvanceTo(read.Buffer.End);
                return;
            }

            body.AdvanceTo(read.Buffer.Start);
        }

        using var message = new MessageBuffer(FirstBytes, host.Options.MaxRequestBytes, host.Messages, caller.Address);
        if (await ReadAsync(context, message).ConfigureAwait(false))
        {
            await AnswerAsync(context, caller, message.Written).ConfigureAwait(false);
        }
    }

    /// <summary>Serves what the WebSocket middleware let through: an upgrade, or a plain GET.</summary>
    public async Task ServeSocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "POST, OPTIONS";
            return;
        }

        if (!host.Streams.TryTake())
        {
            await host.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, ErrorKinds.Busy).ConfigureAwait(false);
            return;
        }

        try
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            using var session = new RpcSession(socket, dispatcher, host);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.Stopping.Token);
            await session.RunAsync(host.CallerOf(context, session), ended.Token).ConfigureAwait(false);
        }
        finally
        {
            host.Streams.Free();
        }
    }

    private async ValueTask AnswerAsync(HttpContext context, RpcCaller caller, ReadOnlyMemory<byte> message)
    {
        ResponseBuffer response = host.Buffers.Get();
        long held = 0;
        try
        {
            if (await dispatcher.AnswerAsync(message, caller, response, context.RequestAborted).ConfigureAwait(false))
            {
                held = MessageMemory.CostOf(response.Written.Length);
                host.Messages.Take(caller.Address, held);
                await host.SendAsync(context, response.Written, JsonType).ConfigureAwait(false);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            }
        }
        finally
        {
            host.Messages.Free(caller.Address, held);
            host.Buffers.Return(response);
        }
    }

    /// <summary>Reads the body; false where it is over the limit or there is no room for it, which the client is told.</summary>
    private async ValueTask<bool> ReadAsync(HttpContext context, MessageBuffer message)
    {
        if (context.Request.ContentLength > host.Options.MaxRequestBytes)
        {
            await RefuseAsync(context, isTooLarge: true).ConfigureAwait(false);
            return false;
        }

        bool isCompleted = false;
        while (!isCompleted)
        {
            ReadResult read = await context.Request.BodyReader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            bool fits = TryAppend(message, read.Buffer);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!fits || message.IsOverLimit)
            {
                await RefuseAsync(context, message.IsOverLimit).ConfigureAwait(false);
                return false;
            }

            isCompleted = read.IsCompleted;
        }

        return true;
    }

    private static bool TryAppend(MessageBuffer message, in ReadOnlySequence<byte> arrived)
    {
        foreach (ReadOnlyMemory<byte> segment in arrived)
        {
            for (ReadOnlyMemory<byte> left = segment; !left.IsEmpty;)
            {
                if (!message.TryMakeRoom())
                {
                    return false;
                }

                int count = int.Min(left.Length, message.Room.Length);
                left[..count].CopyTo(message.Room);
                message.Advance(count);
                left = left[count..];
            }
        }

        return true;
    }

    private Task RefuseAsync(HttpContext context, bool isTooLarge)
    {
        if (isTooLarge)
        {
            var error = new RpcError(ErrorKinds.RequestTooLarge, $"at most {host.Options.MaxRequestBytes} bytes");
            return host.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, error);
        }

        context.Response.Headers.RetryAfter = "1";
        return host.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, ErrorKinds.Busy);
    }
}
