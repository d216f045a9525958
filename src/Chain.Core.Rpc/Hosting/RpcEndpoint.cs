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

        using MessageBuffer? message = await ReadAsync(context).ConfigureAwait(false);
        if (message is null)
        {
            RpcError error = new(ErrorKinds.RequestTooLarge, $"at most {host.Options.MaxRequestBytes} bytes");
            await host.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, error).ConfigureAwait(false);
            return;
        }

        await AnswerAsync(context, caller, message.Written).ConfigureAwait(false);
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
        try
        {
            if (await dispatcher.AnswerAsync(message, caller, response, context.RequestAborted).ConfigureAwait(false))
            {
                await host.SendAsync(context, response.Written, JsonType).ConfigureAwait(false);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            }
        }
        finally
        {
            host.Buffers.Return(response);
        }
    }

    /// <summary>Reads the body; null where it is over the limit.</summary>
    private async ValueTask<MessageBuffer?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > host.Options.MaxRequestBytes)
        {
            return null;
        }

        var message = new MessageBuffer(FirstBytes, host.Options.MaxRequestBytes);
        while (true)
        {
            ReadResult read = await context.Request.BodyReader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> segment in read.Buffer)
            {
                for (ReadOnlyMemory<byte> left = segment; !left.IsEmpty;)
                {
                    if (!message.TryMakeRoom())
                    {
                        message.Dispose();
                        return null;
                    }

                    int count = int.Min(left.Length, message.Room.Length);
                    left[..count].CopyTo(message.Room);
                    message.Advance(count);
                    left = left[count..];
                }
            }

            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        if (message.IsOverLimit)
        {
            message.Dispose();
            return null;
        }

        return message;
    }
}
