using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Chain.Core.Ledger;
using Microsoft.Extensions.Logging;

namespace Chain.Core.Rpc;

/// <summary>Turns the bytes of a request or a batch into the bytes of its answer, as JSON-RPC 2.0 says. Serves any number of threads.</summary>
internal sealed class RpcDispatcher(MethodTable methods, LiveOptions live, MessageMemory memory, ILogger logger)
{
    /// <summary>Whoever took the message in has taken as much from the allowance of its sender.</summary>
    private const int PaidForMessage = 1;

    private readonly JsonDocumentOptions _parsing = new() { MaxDepth = live.Current.MaxJsonDepth };

    /// <summary>Answers one message, for which its sender has paid one request of its allowance.</summary>
    /// <param name="message">What arrived; must stay as it is until the answer is ready.</param>
    /// <param name="caller">Who asks, and what the caller may.</param>
    /// <param name="response">Takes the answer.</param>
    /// <param name="cancellation">The caller is gone.</param>
    /// <returns>Whether there is an answer: there is none to notifications.</returns>
    public async ValueTask<bool> AnswerAsync(
        ReadOnlyMemory<byte> message, RpcCaller caller, ResponseBuffer response, CancellationToken cancellation)
    {
        if (!TryParse(message, out JsonDocument? document, out RpcError? error))
        {
            WriteError(response, default, error!);
            return true;
        }

        using (document)
        {
            try
            {
                bool isAnswered = document!.RootElement.ValueKind == JsonValueKind.Array
                    ? await AnswerBatchAsync(document.RootElement, caller, response, cancellation).ConfigureAwait(false)
                    : await AnswerOneAsync(document.RootElement, caller, PaidForMessage, response, cancellation).ConfigureAwait(false);
                response.Writer.Flush();
                return isAnswered;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // While an answer was written: half of it may be there, so that nothing of it can be used.
                RpcLog.Failed(logger, "the answer", fault);
                response.Clear();
                WriteError(response, default, ErrorKinds.Internal);
                return true;
            }
        }
    }

    public static void WriteError(ResponseBuffer response, JsonElement id, RpcError error)
    {
        Utf8JsonWriter writer = response.Writer;
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WritePropertyName("error"u8);
        error.WriteTo(writer);
        WriteIdAndEnd(writer, id);
    }

    private bool TryParse(ReadOnlyMemory<byte> message, out JsonDocument? document, out RpcError? error)
    {
        document = null;
        error = null;
        if (!Utf8.IsValid(message.Span))
        {
            error = new RpcError(ErrorKinds.Parse, "UTF-8", "other bytes");
            return false;
        }

        try
        {
            document = JsonDocument.Parse(message, _parsing);
            return true;
        }
        catch (JsonException wrong)
        {
            string at = $"a fault in line {(wrong.LineNumber ?? 0) + 1}, byte {(wrong.BytePositionInLine ?? 0) + 1}";
            error = new RpcError(ErrorKinds.Parse, $"one JSON value of at most {live.Current.MaxJsonDepth} levels", at);
            return false;
        }
    }

    private async ValueTask<bool> AnswerBatchAsync(
        JsonElement batch, RpcCaller caller, ResponseBuffer response, CancellationToken cancellation)
    {
        int count = batch.GetArrayLength();
        if (count == 0 || count > live.Current.MaxBatch)
        {
            RpcError error = count == 0
                ? ErrorKinds.EmptyBatch
                : new RpcError(ErrorKinds.BatchTooLarge, $"at most {live.Current.MaxBatch} requests", $"{count} requests");
            WriteError(response, default, error);
            return true;
        }

        bool isAnswered = false;
        response.Writer.WriteStartArray();
        foreach (JsonElement element in batch.EnumerateArray())
        {
            cancellation.ThrowIfCancellationRequested();
            isAnswered |= await AnswerOneAsync(element, caller, 0, response, cancellation).ConfigureAwait(false);
        }

        response.Writer.WriteEndArray();
        return isAnswered;
    }

    private async ValueTask<bool> AnswerOneAsync(
        JsonElement element, RpcCaller caller, int paid, ResponseBuffer response, CancellationToken cancellation)
    {
        if (!RpcRequest.TryRead(element, out RpcRequest request, out RpcError? error))
        {
            WriteError(response, request.Id, error!);
            return true;
        }

        RpcReply reply = await CallAsync(request, caller, paid, response.Length, cancellation).ConfigureAwait(false);
        if (request.IsNotification)
        {
            return false;
        }

        if (reply.Error is { } failure)
        {
            WriteError(response, request.Id, failure);
        }
        else
        {
            WriteResult(response.Writer, request.Id, reply);
        }

        return true;
    }

    private async ValueTask<RpcReply> CallAsync(
        RpcRequest request, RpcCaller caller, int paid, long written, CancellationToken cancellation)
    {
        if (!methods.TryFind(request.Method, caller.Scope, out RpcMethod? method))
        {
            return new RpcError(ErrorKinds.MethodNotFound, methods.NearestTo(request.Method, caller.Scope), request.Method);
        }

        if (!method.TryBind(request.Params, out RpcArguments arguments, out RpcError? error))
        {
            return error!;
        }

        if (method.Cost > paid && !caller.TrySpend(method.Cost - paid))
        {
            return new RpcError(ErrorKinds.RateLimited, $"at most {live.Current.RequestsPerSecond} a second");
        }

        if (method.Cost > PaidForMessage && !memory.HasRoom(caller.Address))
        {
            return ErrorKinds.Busy; // it leaves long answers unread
        }

        if (written > live.Current.MaxResponseBytes)
        {
            return new RpcError(ErrorKinds.ResponseTooLarge, $"at most {live.Current.MaxResponseBytes} bytes");
        }

        try
        {
            return await method.InvokeAsync(caller, arguments, cancellation).ConfigureAwait(false);
        }
        catch (StateUnavailableException)
        {
            return ErrorKinds.StateUnavailable;
        }
        catch (ObjectDisposedException)
        {
            return ErrorKinds.NodeStopped;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ErrorKinds.NodeStopped;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            RpcLog.Failed(logger, method.Name, fault);
            return ErrorKinds.Internal;
        }
    }

    private static void WriteResult(Utf8JsonWriter writer, JsonElement id, in RpcReply reply)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WritePropertyName("result"u8);
        JsonSerializer.Serialize(writer, reply.Value, reply.Type!);
        WriteIdAndEnd(writer, id);
    }

    private static void WriteIdAndEnd(Utf8JsonWriter writer, JsonElement id)
    {
        writer.WritePropertyName("id"u8);
        if (id.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            // As it came, so that the caller finds it again whatever it wrote: 1, 1.0 or 1e0.
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(id), skipInputValidation: true);
        }

        writer.WriteEndObject();
        writer.Flush();
    }
}
