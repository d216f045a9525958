using System.Threading.Channels;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>
/// The frames that wait for one peer, in lanes: a lower lane goes first. Any thread may enqueue, one may take.
/// </summary>
internal sealed class SendQueue(int limitBytes)
{
    private const int LaneCount = (int)MessageLane.Bulk + 1;

    /// <summary>A quarter of the limit congests the queue, and a sixteenth drains it.</summary>
    private const int CongestedShare = 4;

    private const int DrainedShare = 16;

    private readonly object _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>>[] _lanes = [new(), new(), new(), new()];
    private readonly int[] _headTaken = new int[LaneCount];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private long _waiting;
    private bool _completed;
    private bool _isCongested;
    private bool _isDrained;

    /// <summary>Bytes that wait.</summary>
    public long Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting;
            }
        }
    }

    /// <summary>Adds a frame, unless the limit was reached already. Says once that the queue is congested.</summary>
    /// <remarks>A completed queue swallows frames: the connection is closing.</remarks>
    public EnqueueResult TryEnqueue(MessageLane lane, ReadOnlyMemory<byte> frame)
    {
        bool becameCongested;
        lock (_gate)
        {
            if (_completed)
            {
                return EnqueueResult.Waits;
            }

            if (_waiting >= limitBytes)
            {
                return EnqueueResult.Refused;
            }

            _lanes[(int)lane].Enqueue(frame);
            _waiting += frame.Length;
            becameCongested = !_isCongested && _waiting >= limitBytes / CongestedShare;
            _isCongested |= becameCongested;
        }

        _wake.Writer.TryWrite(true);
        return becameCongested ? EnqueueResult.Congested : EnqueueResult.Waits;
    }

    /// <summary>Whether a congested queue has been drained since the last call.</summary>
    public bool TakeDrained()
    {
        lock (_gate)
        {
            bool isDrained = _isDrained;
            _isDrained = false;
            return isDrained;
        }
    }

    /// <summary>Takes no more frames; those that wait can still be taken.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
        }

        _wake.Writer.TryComplete();
    }

    /// <summary>Waits until something may wait to be taken; false once the queue is completed and empty.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        while (Waiting == 0)
        {
            if (!await _wake.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                return Waiting > 0;
            }

            _wake.Reader.TryRead(out _);
        }

        return true;
    }

    /// <summary>
    /// Fills <paramref name="destination"/> from the most urgent lane that has something: many small frames, or a
    /// part of a large one whose rest stays at the head of its lane.
    /// </summary>
    /// <returns>The bytes taken; 0 where nothing waits.</returns>
    public int Take(Span<byte> destination, out MessageLane lane)
    {
        lock (_gate)
        {
            int index = Array.FindIndex(_lanes, queue => queue.Count > 0);
            lane = (MessageLane)Math.Max(index, 0);
            int taken = index < 0 ? 0 : TakeFrom(index, destination);
            _waiting -= taken;
            if (_isCongested && _waiting <= limitBytes / DrainedShare)
            {
                _isCongested = false;
                _isDrained = true;
            }

            return taken;
        }
    }

    private int TakeFrom(int index, Span<byte> destination)
    {
        Queue<ReadOnlyMemory<byte>> frames = _lanes[index];
        int taken = 0;
        while (taken < destination.Length && frames.TryPeek(out ReadOnlyMemory<byte> head))
        {
            ReadOnlySpan<byte> rest = head.Span[_headTaken[index]..];
            int part = Math.Min(rest.Length, destination.Length - taken);
            rest[..part].CopyTo(destination[taken..]);
            taken += part;
            _headTaken[index] += part;
            if (part == rest.Length)
            {
                frames.Dequeue();
                _headTaken[index] = 0;
            }
        }

        return taken;
    }
}
