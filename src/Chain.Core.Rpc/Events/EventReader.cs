using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>
/// One reader of events. It takes them from the log for as long as the log reaches back to its place. Where it does not,
/// the reader is told so, and then hears what leads from the block that it knows to the head: blocks removed, then blocks
/// added. So nothing of the chain is ever missed, whatever the memory.
/// </summary>
internal sealed class EventReader : INotificationFeed
{
    private const int BatchSize = 16;

    private readonly ChainNode _node;
    private readonly EventLog _log;
    private EventCursor _place;
    private bool _isTold;

    private EventReader(RpcServices services, in EventCursor place, bool isTold)
    {
        _node = services.Node;
        _log = services.Events;
        _place = place;
        _isTold = isTold;
    }

    /// <summary>Where the reader is.</summary>
    public EventCursor Place => _place;

    public string Method => "chain_v1_event";

    /// <summary>Starts after a place.</summary>
    /// <param name="services">The node and the log.</param>
    /// <param name="after">A cursor, <c>latest</c>, or <c>genesis</c>.</param>
    /// <param name="reader">The reader.</param>
    /// <returns>False where it is no cursor, or of a block that this node does not know.</returns>
    public static bool TryOpen(RpcServices services, string after, [NotNullWhen(true)] out EventReader? reader)
    {
        reader = null;
        switch (after)
        {
            case "latest":
                reader = new EventReader(services, services.Events.End, isTold: false);
                return true;
            case "genesis":
                BlockHeader genesis = services.Node.Chain.Genesis.Header;
                reader = new EventReader(services, new EventCursor(0, 0, genesis.Height, genesis.Id, genesis.Height), isTold: true);
                return true;
        }

        if (!EventCursor.TryParse(after, out EventCursor cursor)
            || services.Node.Read(chain => chain.FindBlock(cursor.Block)) is not { } known
            || known.Height != cursor.Height)
        {
            return false;
        }

        reader = new EventReader(services, in cursor, isTold: false);
        return true;
    }

    public async IAsyncEnumerable<RpcReply> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (ChainEventResult happened in ReadEventsAsync(cancellation).ConfigureAwait(false))
        {
            yield return new RpcReply(happened, RpcJson.Default.ChainEventResult, null);
        }
    }

    public async IAsyncEnumerable<ChainEventResult> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task changed = _log.Changed;
            if (!TryReadNext(out ChainEventEntry[] entries))
            {
                _isTold = true;
                yield return new ChainEventResult("lagged", _place.ToString(), _place.Height, _place.Block, null, null, null);
                continue;
            }

            foreach (ChainEventEntry entry in entries)
            {
                _place = entry.After;
                yield return entry.ToResult();
            }

            if (entries.Length == 0)
            {
                await changed.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The next events, none where there are none yet; false where the reader must first be told that it fell behind.</summary>
    private bool TryReadNext(out ChainEventEntry[] entries)
    {
        var room = new ChainEventEntry[BatchSize];
        if (_log.TryRead(in _place, room, out int count))
        {
            _isTold = false;
            entries = room[..count];
            return true;
        }

        EventCursor end = _log.End;
        if (!_isTold && _place.Block != end.Block)
        {
            entries = [];
            return false;
        }

        entries = [.. _node.Read(chain => Walk(chain, end))];
        return true;
    }

    /// <summary>Some of the way from the reader's block to the end of the log, along the stored chain.</summary>
    private List<ChainEventEntry> Walk(ChainSnapshot chain, EventCursor end)
    {
        var events = new List<ChainEventEntry>();
        EventCursor at = _place.Detached;
        bool isEndOnChain = chain.TryFindId(end.Height, out BlockId onChain) && onChain == end.Block;
        while (isEndOnChain && events.Count < BatchSize && at.Block != end.Block)
        {
            Block block = chain.FindBlock(at.Block) ?? throw new InvalidDataException($"The block {at.Block} is gone.");
            if (!chain.IsOnChain(block.Header))
            {
                at = at with { Height = new BlockHeight(at.Height.Value - 1), Block = block.Header.Parent };
                events.Add(ChainEventEntry.Of(ChainEventKind.Removed, block, in at));
            }
            else if (at.Height < end.Height && chain.FindBlock(at.Height.Next()) is { } next)
            {
                at = at with { Height = next.Height, Block = next.Id };
                events.Add(ChainEventEntry.Of(ChainEventKind.Added, next, in at));
            }
            else
            {
                break; // the log has not heard of this block yet: it will
            }
        }

        if (at.Block == end.Block && events.Count < BatchSize)
        {
            Arrive(chain, in end, in at, events);
        }

        return events;
    }

    /// <summary>The reader knows the head: it goes on from the log.</summary>
    private void Arrive(ChainSnapshot chain, in EventCursor end, in EventCursor at, List<ChainEventEntry> events)
    {
        if (end.Final > at.Final && chain.FindBlock(end.Final) is { } final)
        {
            events.Add(ChainEventEntry.Of(ChainEventKind.Finalized, final, in end));
        }
        else if (events.Count == 0)
        {
            _place = end;
        }
        else
        {
            events[^1] = events[^1] with { After = end };
        }
    }
}
