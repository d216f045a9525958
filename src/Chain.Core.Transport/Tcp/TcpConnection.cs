using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>One connection after its handshake: a loop that reads and a loop that writes.</summary>
internal sealed class TcpConnection : IDisposable
{
    /// <summary>Anybody on the way can cause that, so it says nothing about the peer.</summary>
    private const string NotAuthentic = "a record is not authentic";

    private readonly PeerConnection _peer;
    private readonly Socket _socket;
    private readonly SecureChannel _channel;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly ChannelWriter<HostInput> _inputs;
    private readonly TransportCounters _counters;
    private readonly SendQueue _queue;
    private readonly LaneReader _lanes = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenSource _delivery = new();
    private string? _reason;
    private string? _goodbye;
    private long _lastReceived;
    private long _flushBegan;
    private long _closeBegan;

    public TcpConnection(
        PeerConnection peer,
        Socket socket,
        SecureChannel channel,
        TransportOptions options,
        TimeProvider time,
        ChannelWriter<HostInput> inputs,
        TransportCounters counters)
    {
        _peer = peer;
        _socket = socket;
        _channel = channel;
        _options = options;
        _time = time;
        _inputs = inputs;
        _counters = counters;
        _queue = new SendQueue(options.SendQueueBytes);
        _lastReceived = time.GetTimestamp();
    }

    public PeerId Peer => _peer.Peer;

    /// <summary>Whether the host asked for the end, so that it is not told of it.</summary>
    public bool IsClosedByHost => Volatile.Read(ref _goodbye) is not null;

    /// <summary>Whether the peer sent what no decoder accepts.</summary>
    public bool BrokeProtocol { get; private set; }

    /// <summary>False where much waits now; see <see cref="ITransport.Send"/>.</summary>
    public bool Send(MessageLane lane, ReadOnlyMemory<byte> frame)
    {
        EnqueueResult result = _queue.TryEnqueue(lane, frame);
        if (result == EnqueueResult.Refused)
        {
            Cut($"more than {_options.SendQueueBytes} bytes wait to be sent");
        }

        return result != EnqueueResult.Congested;
    }

    /// <summary>Sends what waits, then goodbye; only the first call counts.</summary>
    public void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _goodbye, reason, null) is null)
        {
            Volatile.Write(ref _closeBegan, _time.GetTimestamp());
            _queue.Complete();
            _delivery.Cancel();
        }
    }

    /// <summary>Ends the connection at once; only the first reason counts.</summary>
    public void Cut(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _cut.Cancel();
        }
    }

    /// <summary>Cuts the connection where one of its times is up.</summary>
    public void CheckDeadlines()
    {
        if (IsOver(Volatile.Read(ref _lastReceived), _options.IdleTimeout))
        {
            Cut("the peer was silent for too long");
        }

        if (IsOver(Volatile.Read(ref _flushBegan), _options.SendTimeout))
        {
            Cut("the peer took no bytes for too long");
        }

        if (IsOver(Volatile.Read(ref _closeBegan), _options.CloseTimeout))
        {
            Cut("closing took too long");
        }
    }

    /// <summary>Runs both loops to their end.</summary>
    /// <returns>Why the connection ended.</returns>
    public async Task<string> RunAsync(CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(() => Cut("this node stops"));
        Task reading = GuardAsync(ReadAsync());
        Task writing = GuardAsync(WriteAsync());
        try
        {
            await reading.ConfigureAwait(false);
        }
        finally
        {
            // Nothing is written to a peer that is gone or refused.
            Cut("closed by the peer");
            await writing.ConfigureAwait(false);
        }

        return _reason!;
    }

    /// <summary>Releases the keys. The two token sources stay usable: another thread may close or cut at any time.</summary>
    public void Dispose()
    {
        _queue.Complete();
        _channel.Ciphers.Dispose();
    }

    /// <summary>The stream may break at any time: that ends the connection and is no error of ours.</summary>
    private async Task GuardAsync(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Cut("cancelled");
        }
        catch (ChannelClosedException)
        {
            Cut("this node stops");
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            Cut($"broken: {broken.Message}");
        }
    }

    private async Task ReadAsync()
    {
        var messages = new List<PeerMessage>();
        while (true)
        {
            ReadResult result = await _channel.Input.ReadAsync(_cut.Token).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            while (NoiseRecords.TryFind(ref buffer, out ReadOnlySequence<byte> record))
            {
                string? refusal = Open(record, messages);
                if (!await DeliverAsync(messages).ConfigureAwait(false))
                {
                    return;
                }

                if (refusal is not null)
                {
                    BrokeProtocol = refusal != NotAuthentic;
                    Cut(refusal);
                    return;
                }
            }

            _channel.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Appends the messages that a record completes; returns why the peer must be cut, or null.</summary>
    private string? Open(in ReadOnlySequence<byte> record, List<PeerMessage> messages)
    {
        byte[] plaintext = ArrayPool<byte>.Shared.Rent((int)record.Length);
        try
        {
            if (!NoiseRecords.TryOpen(record, plaintext, _channel.Ciphers.Receiving, out int written))
            {
                return NotAuthentic;
            }

            Volatile.Write(ref _lastReceived, _time.GetTimestamp());
            _counters.Received(NoiseRecords.LengthSize + record.Length);
            return _lanes.Read(plaintext.AsSpan(0, written), messages);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plaintext);
        }
    }

    /// <summary>Hands the messages to the host, at the host's pace; false after the peer's goodbye.</summary>
    private async ValueTask<bool> DeliverAsync(List<PeerMessage> messages)
    {
        foreach (PeerMessage message in messages)
        {
            if (message is PeerMessage.Goodbye goodbye)
            {
                Cut(GoodbyeText.Show(goodbye));
                return false;
            }

            if (!IsClosedByHost)
            {
                await DeliverAsync(message).ConfigureAwait(false);
            }
        }

        messages.Clear();
        return true;
    }

    private async ValueTask DeliverAsync(PeerMessage message)
    {
        var input = new HostInput.Received(_peer.Id, message);
        if (_inputs.TryWrite(input))
        {
            return;
        }

        // While the host is slow it is not the peer that is silent.
        Volatile.Write(ref _lastReceived, 0);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cut.Token, _delivery.Token);
        try
        {
            await _inputs.WriteAsync(input, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsClosedByHost)
        {
            // The host wants no more of this peer; reading goes on to see the end of the stream.
        }

        Volatile.Write(ref _lastReceived, _time.GetTimestamp());
    }

    private async Task WriteAsync()
    {
        while (await _queue.WaitAsync(_cut.Token).ConfigureAwait(false))
        {
            int length = NoiseRecords.Write(_channel.Output, _queue, _channel.Ciphers.Sending);
            if (length < 0)
            {
                Cut("the message counter is at its end");
                return;
            }

            await FlushAsync(length).ConfigureAwait(false);
            if (_queue.TakeDrained() && !IsClosedByHost)
            {
                await _inputs.WriteAsync(new HostInput.Drained(_peer.Id), _cut.Token).ConfigureAwait(false);
            }
        }

        byte[] goodbye = Frame.Encode(GoodbyeText.From(Volatile.Read(ref _goodbye) ?? ""));
        int last = NoiseRecords.Write(_channel.Output, MessageLane.Urgent, goodbye, _channel.Ciphers.Sending);
        await FlushAsync(last).ConfigureAwait(false);
        _socket.Shutdown(SocketShutdown.Send);
    }

    private async ValueTask FlushAsync(int length)
    {
        Volatile.Write(ref _flushBegan, _time.GetTimestamp());
        await _channel.Output.FlushAsync(_cut.Token).ConfigureAwait(false);
        Volatile.Write(ref _flushBegan, 0);
        _counters.Sent(length);
    }

    private bool IsOver(long began, TimeSpan limit) => began != 0 && _time.GetElapsedTime(began) > limit;
}
