using System.Security.Cryptography;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>
/// The last events of the chain, in the order in which they happened. One log serves all readers: a reader holds nothing
/// but its place. Safe for any thread.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ChainNode _node;
    private readonly ChainEventEntry[] _ring;
    private readonly uint _run = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private readonly IDisposable _subscription;
    private readonly List<Block> _finalLater = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EventCursor _end;
    private EventCursor _base;

    public EventLog(ChainNode node, int capacity)
    {
        _node = node;
        _ring = new ChainEventEntry[capacity];
        lock (_gate)
        {
            // What happens from here on waits at the gate until it is known what it happens to.
            _subscription = node.Subscribe(OnEvent);
            BlockHeader head = node.Head;
            BlockHeight final = node.Read(static chain => chain.Finalized.Height);
            _end = new EventCursor(_run, 0, head.Height, head.Id, final <= head.Height ? final : head.Height);
            _base = _end;
        }
    }

    /// <summary>Where a reader is who knows of everything.</summary>
    public EventCursor End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    /// <summary>Ends with the next event. To be taken before the log is read.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Reads what follows a place.</summary>
    /// <param name="after">The place.</param>
    /// <param name="entries">Takes as many events as fit.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>False where the log does not reach back to the place, or the place is of another run.</returns>
    public bool TryRead(in EventCursor after, Span<ChainEventEntry> entries, out int count)
    {
        count = 0;
        lock (_gate)
        {
            if (!Knows(in after))
            {
                return false;
            }

            while (count < entries.Length && after.Sequence + (ulong)count < _end.Sequence)
            {
                entries[count] = EntryOf(after.Sequence + (ulong)count + 1);
                count++;
            }

            return true;
        }
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _changed.TrySetResult();
    }

    private bool Knows(in EventCursor place)
    {
        if (place.Run != _run || place.Sequence < _base.Sequence || place.Sequence > _end.Sequence)
        {
            return false;
        }

        // A cursor comes from outside: what it says of the chain must be what the log says.
        EventCursor own = place.Sequence == _base.Sequence ? _base : EntryOf(place.Sequence).After;
        return own == place;
    }

    private ref ChainEventEntry EntryOf(ulong sequence) => ref _ring[(int)(sequence % (ulong)_ring.Length)];

    /// <summary>On the node's own thread: returns at once.</summary>
    private void OnEvent(NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.HeadMoved moved:
                OnHeadMoved(moved);
                break;
            case NodeEvent.BlockFinalized finalized when _node.Read(chain => chain.FindBlock(finalized.Block)) is { } block:
                OnFinalized(block);
                break;
            default:
                return;
        }

        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private void OnHeadMoved(NodeEvent.HeadMoved moved)
    {
        lock (_gate)
        {
            // Told while the log was made: it began from this very head.
            if (_end.Sequence == 0 && moved.Head.Id == _end.Block)
            {
                return;
            }

            foreach (Block block in moved.Unapplied)
            {
                Append(ChainEventKind.Removed, block, _end with { Height = new BlockHeight(block.Height.Value - 1), Block = block.Header.Parent });
            }

            foreach (Block block in moved.Applied)
            {
                Append(ChainEventKind.Added, block, _end with { Height = block.Height, Block = block.Id });
            }

            foreach (Block block in _finalLater.Where(block => block.Height <= _end.Height).ToArray())
            {
                _finalLater.Remove(block);
                Append(ChainEventKind.Finalized, block, _end with { Final = block.Height });
            }
        }
    }

    private void OnFinalized(Block block)
    {
        lock (_gate)
        {
            if (block.Height > _end.Height)
            {
                // The engine is told of before the head that follows from it: first the block, then that it is final.
                _finalLater.Add(block);
            }
            else if (block.Height > _end.Final)
            {
                Append(ChainEventKind.Finalized, block, _end with { Final = block.Height });
            }
        }
    }

    private void Append(ChainEventKind kind, Block block, EventCursor after)
    {
        _end = after with { Sequence = _end.Sequence + 1 };
        if (_end.Sequence - _base.Sequence > (ulong)_ring.Length)
        {
            _base = EntryOf(_base.Sequence + 1).After;
        }

        EntryOf(_end.Sequence) = ChainEventEntry.Of(kind, block, in _end);
    }
}
