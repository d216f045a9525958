using System.Runtime.InteropServices;

namespace Chain.Core.Simulation;

/// <summary>
/// What comes to the nodes of a shard from others, by the time of its arrival: put down one after the other, and dealt out to
/// the nodes when its window begins. To queue each with its node at once would fetch some lines of the node's memory for every
/// message, long before the node has them in use.
/// </summary>
internal sealed class ComingMail
{
    /// <summary>Spans of time that are told apart; what comes later than the last of them is refused.</summary>
    private const int Spans = 64;

    private const long SpansPerWindow = 8;

    /// <summary>More events of one node are sorted by the framework.</summary>
    private const int FewEvents = 32;

    private readonly List<MailEvent>?[] _spans = new List<MailEvent>?[Spans];

    /// <summary>Empty lists for spans that get something: only the spans of a window or two do at once.</summary>
    private readonly Stack<List<MailEvent>> _spare = [];
    private readonly long[] _earliest = new long[Spans];
    private readonly long _spanMicroseconds;
    private readonly List<MailEvent> _due = [];
    private ComingEvent[] _dealt = [];
    private int[] _ends = [];
    private long _begin;
    private int _count;

    /// <param name="windowMicroseconds">How long a window is; 0 where there are none.</param>
    public ComingMail(long windowMicroseconds) => _spanMicroseconds = long.Max(1, windowMicroseconds / SpansPerWindow);

    /// <summary>When the first of it arrives, in microseconds; the greatest number where there is none.</summary>
    public long First
    {
        get
        {
            long first = _begin / _spanMicroseconds;
            for (long span = first; _count > 0 && span < first + Spans; span++)
            {
                if (_spans[span % Spans] is { Count: > 0 })
                {
                    return _earliest[span % Spans];
                }
            }

            return long.MaxValue;
        }
    }

    /// <summary>Puts an event down; false where it is too early or too late for that.</summary>
    public bool TryAdd(in MailEvent mail)
    {
        long time = mail.Event.Key.Time.Microseconds;
        long span = time / _spanMicroseconds;
        if (time < _begin || span - (_begin / _spanMicroseconds) >= Spans)
        {
            return false;
        }

        long place = span % Spans;
        List<MailEvent> events = _spans[place] ??= _spare.TryPop(out List<MailEvent>? spare) ? spare : [];
        _earliest[place] = events.Count == 0 ? time : long.Min(_earliest[place], time);
        events.Add(mail);
        _count++;
        return true;
    }

    /// <summary>Takes what arrives before a time, which ascends from call to call, in no order.</summary>
    public List<MailEvent> TakeBefore(long end)
    {
        _due.Clear();
        long first = _begin / _spanMicroseconds;
        long last = long.Min((end - 1) / _spanMicroseconds, first + Spans - 1);
        for (long span = first; _count > 0 && span <= last; span++)
        {
            TakeSpan(span % Spans, isWhole: (span + 1) * _spanMicroseconds <= end, end);
        }

        _begin = long.Max(_begin, end);
        return _due;
    }

    /// <summary>Takes all of it, in no order.</summary>
    public List<MailEvent> TakeAll()
    {
        _due.Clear();
        for (int place = 0; place < Spans; place++)
        {
            TakeSpan(place, isWhole: true, default);
        }

        return _due;
    }

    /// <summary>Deals out what was taken: the events of one node after those of the one before, each node's in their order.</summary>
    /// <param name="nodes">How many nodes the shard has.</param>
    public void Deal(int nodes)
    {
        Span<MailEvent> due = CollectionsMarshal.AsSpan(_due);
        _ends = _ends.Length == nodes ? _ends : new int[nodes];
        _dealt = _dealt.Length >= due.Length ? _dealt : new ComingEvent[int.Max(due.Length, 2 * _dealt.Length)];
        Array.Clear(_ends);
        foreach (ref readonly MailEvent each in due)
        {
            _ends[each.InShard]++;
        }

        int begin = 0;
        foreach (ref int end in _ends.AsSpan())
        {
            (begin, end) = (begin + end, begin);
        }

        foreach (ref readonly MailEvent each in due)
        {
            _dealt[_ends[each.InShard]++] = each.Event;
        }
    }

    /// <summary>Whether something was dealt to a node.</summary>
    public bool HasAny(int inShard) => _ends[inShard] > BeginOf(inShard);

    /// <summary>What was dealt to a node, in no order.</summary>
    public ReadOnlySpan<ComingEvent> Unsorted(int inShard) => _dealt.AsSpan(BeginOf(inShard), _ends[inShard] - BeginOf(inShard));

    /// <summary>What was dealt to a node, in order.</summary>
    /// <param name="inShard">The number of the node among those of its shard.</param>
    public ReadOnlySpan<ComingEvent> Of(int inShard)
    {
        int begin = BeginOf(inShard);
        Span<ComingEvent> own = _dealt.AsSpan(begin, _ends[inShard] - begin);
        if (own.Length > FewEvents)
        {
            own.Sort(static (one, other) => one.Key.CompareTo(other.Key));
        }
        else
        {
            Sort(own);
        }

        return own;
    }

    private int BeginOf(int inShard) => inShard == 0 ? 0 : _ends[inShard - 1];

    /// <summary>Forgets what was dealt, so that messages are not kept.</summary>
    public void EndDeal() => Array.Clear(_dealt, 0, _due.Count);

    /// <summary>By insertion: they are nearly in order, span after span.</summary>
    private static void Sort(Span<ComingEvent> events)
    {
        for (int i = 1; i < events.Length; i++)
        {
            if (!events[i].IsBefore(in events[i - 1]))
            {
                continue;
            }

            ComingEvent moved = events[i];
            int place = i;
            do
            {
                events[place] = events[place - 1];
                place--;
            }
            while (place > 0 && moved.IsBefore(in events[place - 1]));
            events[place] = moved;
        }
    }

    private void TakeSpan(long place, bool isWhole, long end)
    {
        if (_spans[place] is not { } events)
        {
            return;
        }

        if (isWhole)
        {
            _due.AddRange(events);
            _count -= events.Count;
            events.Clear();
            _spare.Push(events);
            _spans[place] = null;
            return;
        }

        int left = 0;
        long earliest = long.MaxValue;
        Span<MailEvent> span = CollectionsMarshal.AsSpan(events);
        foreach (ref readonly MailEvent each in span)
        {
            long time = each.Event.Key.Time.Microseconds;
            if (time < end)
            {
                _due.Add(each);
                _count--;
            }
            else
            {
                span[left++] = each;
                earliest = long.Min(earliest, time);
            }
        }

        events.RemoveRange(left, events.Count - left);
        _earliest[place] = earliest;
    }
}
