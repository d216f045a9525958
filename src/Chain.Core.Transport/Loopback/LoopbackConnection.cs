using System.Threading.Channels;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>One side of a loopback connection; it carries what its owner sends to <see cref="Other"/>.</summary>
internal sealed class LoopbackConnection(LoopbackTransport owner, PeerConnection peer, int sendQueueBytes) : IDisposable
{
    private const int RecordSize = 64 * 1024;

    private readonly SendQueue _queue = new(sendQueueBytes);
    private readonly LaneReader _lanes = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _goodbye;
    private string? _reason;

    public PeerConnection Peer => peer;

    public LoopbackConnection Other { get; set; } = null!;

    /// <summary>False where much waits now; see <see cref="ITransport.Send"/>.</summary>
    public bool Send(MessageLane lane, ReadOnlyMemory<byte> frame)
    {
        EnqueueResult result = _queue.TryEnqueue(lane, frame);
        if (result == EnqueueResult.Refused)
        {
            Cut($"more than {sendQueueBytes} bytes wait to be sent");
            Other.Cut("closed by the peer");
        }

        return result != EnqueueResult.Congested;
    }

    public void Close(string reason)
    {
        Interlocked.CompareExchange(ref _goodbye, reason, null);
        _queue.Complete();
    }

    /// <summary>The owner's host knows of the connection, so that messages may reach it.</summary>
    public void MarkAnnounced() => _announced.TrySetResult();

    /// <summary>Carries frames until this side closes or either is cut, then tells both owners.</summary>
    public async Task RunAsync()
    {
        try
        {
            await CarryAsync().ConfigureAwait(false);
            Other.Cut(GoodbyeText.Show(GoodbyeText.From(Volatile.Read(ref _goodbye)!)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ChannelClosedException)
        {
            Other.Cut("closed by the peer");
        }

        Cut("closed by this side");
        await owner.EndAsync(this, Volatile.Read(ref _goodbye) is null ? _reason! : null).ConfigureAwait(false);
    }

    public void Cut(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _cut.Cancel();
        }
    }

    /// <summary>Forgets what waits. The token source stays usable: the other side may cut at any time.</summary>
    public void Dispose() => _queue.Complete();

    private async Task CarryAsync()
    {
        var record = new byte[RecordSize];
        var messages = new List<PeerMessage>();
        while (await _queue.WaitAsync(_cut.Token).ConfigureAwait(false))
        {
            int taken = _queue.Take(record.AsSpan(1), out MessageLane lane);
            record[0] = (byte)lane;
            if (_lanes.Read(record.AsSpan(0, 1 + taken), messages) is { } refusal)
            {
                Other.BrokeProtocol = true;
                Other.Cut(refusal);
            }

            foreach (PeerMessage message in messages)
            {
                await Other.DeliverAsync(message, _cut.Token).ConfigureAwait(false);
            }

            messages.Clear();
            if (_queue.TakeDrained())
            {
                await owner.TellAsync(new HostInput.Drained(peer.Id), _cut.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the peer sent what no decoder accepts.</summary>
    public bool BrokeProtocol { get; private set; }

    private async ValueTask DeliverAsync(PeerMessage message, CancellationToken cancellation)
    {
        await _announced.Task.WaitAsync(cancellation).ConfigureAwait(false);
        if (Volatile.Read(ref _goodbye) is null)
        {
            await owner.TellAsync(new HostInput.Received(peer.Id, message), cancellation).ConfigureAwait(false);
        }
    }

}
