using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chain.Core.Rpc;

/// <summary><c>GET /v1/events?after=…</c>: the events of the chain as server-sent events; the id of each is its cursor.</summary>
internal sealed class EventEndpoint(RpcServices services, RpcHost host)
{
    private const string StreamType = "text/event-stream";

    private static readonly byte[] HeartbeatLine = ": alive\n\n"u8.ToArray();

    public async Task ServeAsync(HttpContext context)
    {
        // A browser that reconnects says where it was.
        string? after = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : context.Request.Query["after"];
        after ??= "latest";
        if (!host.CallerOf(context).TrySpend(1))
        {
            context.Response.Headers.RetryAfter = "1";
            await host.RefuseAsync(context, StatusCodes.Status429TooManyRequests, ErrorKinds.RateLimited).ConfigureAwait(false);
            return;
        }

        if (!EventReader.TryOpen(services, after, out EventReader? reader))
        {
            var error = new RpcError(ErrorKinds.CursorUnknown, "a cursor of this chain, latest or genesis", after);
            await host.RefuseAsync(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
            return;
        }

        if (!host.Streams.TryTake())
        {
            await host.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, ErrorKinds.Busy).ConfigureAwait(false);
            return;
        }

        try
        {
            await StreamAsync(context, reader).ConfigureAwait(false);
        }
        finally
        {
            host.Streams.Free();
        }
    }

    private async Task StreamAsync(HttpContext context, EventReader reader)
    {
        context.Response.ContentType = StreamType;
        context.Response.Headers.CacheControl = "no-store";
        PipeWriter output = context.Response.BodyWriter;

        // Also a reader that breaks off before anything happens knows where to go on.
        Encoding.UTF8.GetBytes($"id: {reader.Place}\n\n", output);
        await output.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.Stopping.Token);
        IAsyncEnumerator<ChainEventResult> events = reader.ReadEventsAsync(ended.Token).GetAsyncEnumerator(ended.Token);
        try
        {
            while (await NextAsync(context, events, ended.Token).ConfigureAwait(false))
            {
                Write(output, events.Current);
                await FlushAsync(context, output).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The client, the server or the node has ended.
        }
        finally
        {
            await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the next event, and says now and then that the stream is alive.</summary>
    private async Task<bool> NextAsync(HttpContext context, IAsyncEnumerator<ChainEventResult> events, CancellationToken ended)
    {
        ValueTask<bool> next = events.MoveNextAsync();
        if (next.IsCompleted)
        {
            return await next.ConfigureAwait(false);
        }

        Task<bool> waiting = next.AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(host.Options.Heartbeat, ended).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await context.Response.BodyWriter.WriteAsync(HeartbeatLine, ended).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!waiting.IsCompleted)
            {
                // The enumerator may be disposed of only when it has come to rest.
                await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }
    }

    private async ValueTask FlushAsync(HttpContext context, PipeWriter output)
    {
        ValueTask<FlushResult> flush = output.FlushAsync(context.RequestAborted);
        if (!flush.IsCompletedSuccessfully)
        {
            await host.AwaitReaderAsync(context, flush.AsTask()).ConfigureAwait(false);
        }
    }

    private void Write(PipeWriter output, ChainEventResult happened)
    {
        ResponseBuffer data = host.Buffers.Get();
        try
        {
            JsonSerializer.Serialize(data.Writer, happened, RpcJson.Default.ChainEventResult);
            data.Writer.Flush();
            Encoding.UTF8.GetBytes($"id: {happened.Cursor}\nevent: {happened.Kind}\ndata: ", output);
            output.Write(data.Written.Span);
            output.Write("\n\n"u8);
        }
        finally
        {
            host.Buffers.Return(data);
        }
    }
}
