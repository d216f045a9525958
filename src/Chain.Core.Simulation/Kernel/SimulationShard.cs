using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// The nodes of a simulation that one thread runs. What they do to each other arrives not before the shortest latency of the
/// network, so that what happens to one node within a window of that length does not depend on what happens to another, nor on
/// the thread that it happens on.
/// </summary>
internal sealed class SimulationShard
{
    /// <summary>More events of one node at one instant, for each node, do not come from a protocol that ever waits.</summary>
    private const int MaxEventsAtOnce = 20_000;

    /// <summary>So many windows after one count as soon: most latencies are less than twice the shortest.</summary>
    private const long SoonWindows = 2;

    /// <summary>Where so few of the nodes get something, it is queued with them: to look at each node would take longer.</summary>
    private const int NodesAMessage = 4;

    /// <summary>How many turns before its own the parts of a node are fetched.</summary>
    private const int QueueAhead = 8;
    private const int NodeAhead = 6;
    private const int StateAhead = 4;
    private const int EndAhead = 2;

    private readonly long _soonMicroseconds;
    private readonly Simulator _simulator;
    private readonly SimulatorOptions _options;
    private readonly SimulatedNetwork _network;
    private readonly SharedWork? _shared;
    private readonly List<MailEvent>[] _leaving;
    private readonly List<ToldEvent> _told = [];

    /// <summary>Of the step that happens: one list for all nodes, so that it is always at hand.</summary>
    private readonly EffectList _effects = new();
    private SimulatedNode? _stepping;
    private readonly List<NodeQueue> _nodes = [];
    private readonly ComingMail _mail;
    private Heap<NodeTurn> _turns = new();

    /// <summary>Nodes to look at before <see cref="_soonEnd"/>, in no order: within a window there is none between nodes.</summary>
    private List<NodeTurn> _soon = [];
    private List<NodeTurn> _soonBefore = [];
    private long _soonEnd = long.MinValue;
    private long _soonFirst = long.MaxValue;
    private Instant? _windowEnd;

    /// <summary>Whether it goes on in windows: then what comes from others waits in <see cref="_mail"/>.</summary>
    private bool _isInWindows;

    public SimulationShard(Simulator simulator, SimulatorOptions options, int index, int shards, SortedDictionary<(int From, int To), LinkCondition> conditions)
    {
        _simulator = simulator;
        _options = options;
        Index = index;
        _soonMicroseconds = options.Network.ShortestCrossing.Ticks * SoonWindows / TimeSpan.TicksPerMicrosecond;
        _mail = new ComingMail(options.Network.ShortestCrossing.Ticks / TimeSpan.TicksPerMicrosecond);
        _shared = options.SharesWork ? new SharedWork() : null;
        _leaving = new List<MailEvent>[shards];
        for (int i = 0; i < shards; i++)
        {
            _leaving[i] = [];
        }

        _network = new SimulatedNetwork(options.Network, options.EncodesMessages, options.CountsBytes, conditions, Schedule, simulator.AtTime);
    }

    public int Index { get; }

    /// <summary>The time of the event that happens.</summary>
    public Instant Now { get; set; }

    /// <summary>How many events have happened here.</summary>
    public long EventCount { get; private set; }

    /// <summary>How many of them in the last window.</summary>
    public long LastWindowEvents { get; private set; }

    public SimulatedNetwork Network => _network;

    /// <summary>What nodes told in the last window, in the order of each node.</summary>
    public List<ToldEvent> Told => _told;

    /// <summary>Where the disk of a node finds records that others have.</summary>
    public RecordTable? Records => _shared?.Records;

    /// <summary>Where a node finds what others found out about headers; null where they do not share.</summary>
    public HeaderJudgements? Judgements => _shared?.Judgements;

    /// <summary>When something happens next, and to which node, which between windows is not known; false where nothing will.</summary>
    public bool TryPeek(out (long Time, int Node) next)
    {
        long soon = long.Min(_soonFirst, _mail.First);
        if (TryPeekTurn(out next) && next.Time <= soon)
        {
            return true;
        }

        next = (soon, -1);
        return soon != long.MaxValue;
    }

    private bool TryPeekTurn(out (long Time, int Node) next)
    {
        while (_turns.Count > 0)
        {
            NodeTurn turn = _turns.First;
            if (turn.Node.LookedAt == turn.Time)
            {
                next = (turn.Time, turn.Node.Index);
                return true;
            }

            _turns.RemoveFirst(); // an earlier event came in between
        }

        next = default;
        return false;
    }

    /// <summary>Lets the next event happen.</summary>
    public void StepOnce()
    {
        NodeQueue queue = _turns.First.Node;
        _turns.RemoveFirst();
        queue.LookedAt = long.MinValue;
        HappenNext(queue);
        LookAgain(queue);
    }

    /// <summary>Lets everything happen that is due before a time, node by node, as long as events do not cross from node to node before it.</summary>
    public void RunWindow(Instant end)
    {
        long before = EventCount;
        _windowEnd = end;
        _isInWindows = true;
        bool isDealt = TakeMail(end.Microseconds);
        StartSoon(end.Microseconds);
        if (isDealt)
        {
            RunDealt(end);
        }

        foreach (NodeTurn turn in _soonBefore)
        {
            RunNode(turn, end);
        }

        _soonBefore.Clear();
        while (_turns.Count > 0 && _turns.First.Time < end.Microseconds)
        {
            NodeTurn turn = _turns.First;
            _turns.RemoveFirst();
            RunNode(turn, end);
        }

        _windowEnd = null;
        LastWindowEvents = EventCount - before;
    }

    /// <summary>Puts the nodes in order again, as it goes on event by event.</summary>
    public void EndWindows()
    {
        _soonEnd = long.MinValue;
        _soonFirst = long.MaxValue;
        foreach (NodeTurn turn in _soon)
        {
            _turns.Add(in turn);
        }

        _soon.Clear();
        _isInWindows = false;
        Queue(_mail.TakeAll());
    }

    /// <summary>A node is added.</summary>
    public void Take(SimulatedNode node) => _nodes.Add(node.Queue);

    /// <summary>Takes what came for this window: queued with its nodes where it is little, else dealt out, which the answer says.</summary>
    private bool TakeMail(long end)
    {
        List<MailEvent> due = _mail.TakeBefore(end);
        bool isMuch = due.Count > _nodes.Count / NodesAMessage;
        if (isMuch)
        {
            _mail.Deal(_nodes.Count);
        }
        else
        {
            Queue(due);
        }

        return isMuch;
    }

    private void Queue(List<MailEvent> mail)
    {
        foreach (ref readonly MailEvent each in CollectionsMarshal.AsSpan(mail))
        {
            Queue(_nodes[each.InShard], in each.Event);
        }
    }

    private void RunDealt(Instant end)
    {
        for (int i = 0; i < _nodes.Count; i++)
        {
            LookAhead(i);
            ReadOnlySpan<ComingEvent> mail = _mail.Of(i);
            if (mail.Length > 0)
            {
                RunNode(_nodes[i], mail, end);
            }
        }

        _mail.EndDeal();
    }

    /// <summary>Fetches what is needed of the nodes that have their turn after this one; each stage reads what the one before fetched.</summary>
    private void LookAhead(int turn)
    {
        if (turn + QueueAhead < _nodes.Count)
        {
            Lookahead.Fetch(_nodes[turn + QueueAhead]);
        }

        if (turn + NodeAhead < _nodes.Count && _mail.HasAny(turn + NodeAhead))
        {
            Lookahead.Fetch(_nodes[turn + NodeAhead].Node, lines: 5);
            foreach (ref readonly ComingEvent coming in _mail.Unsorted(turn + NodeAhead))
            {
                coming.Happening.FetchSubject();
            }
        }

        if (turn + StateAhead < _nodes.Count && _mail.HasAny(turn + StateAhead))
        {
            _nodes[turn + StateAhead].Node.FetchState();
        }

        if (turn + EndAhead < _nodes.Count && _mail.HasAny(turn + EndAhead))
        {
            _nodes[turn + EndAhead].Node.Trace.FetchEnd();
        }
    }

    /// <summary>
    /// Begins a new list of those to look at soon: what is sent in a window mostly arrives in the next one, so that few nodes
    /// ever wait in the heap.
    /// </summary>
    private void StartSoon(long windowEnd)
    {
        (_soon, _soonBefore) = (_soonBefore, _soon);
        _soonFirst = long.MaxValue;
        _soonEnd = windowEnd + _soonMicroseconds;
    }

    private void RunNode(in NodeTurn turn, Instant end)
    {
        if (turn.Node.LookedAt == turn.Time) // else an earlier event came in between
        {
            RunNode(turn.Node, default, end);
        }
    }

    /// <summary>Lets everything happen to a node that is due before a time: what is in its queue, and what came for it, in order.</summary>
    private void RunNode(NodeQueue queue, ReadOnlySpan<ComingEvent> mail, Instant end)
    {
        queue.LookedAt = long.MinValue;
        while (true)
        {
            bool hasQueued = !queue.IsEmpty && queue.First.Key.Time < end;
            if (mail.Length > 0 && !(hasQueued && queue.First.IsBefore(in mail[0])))
            {
                Happen(queue.Node, in mail[0]);
                mail = mail[1..];
            }
            else if (hasQueued)
            {
                HappenNext(queue);
            }
            else
            {
                break;
            }
        }

        LookAgain(queue);
    }

    /// <summary>Takes what another shard's nodes sent to nodes of this one.</summary>
    public void TakeFrom(SimulationShard other)
    {
        List<MailEvent> coming = other._leaving[Index];
        foreach (ref readonly MailEvent each in CollectionsMarshal.AsSpan(coming))
        {
            Add(in each);
        }

        coming.Clear();
    }

    /// <summary>Starts a node from its disk.</summary>
    public void Start(SimulatedNode node)
    {
        node.Start();
        node.BusyUntil = Now;
        Record(node, TraceKind.Start, node.Incarnation, default, "start");
        ScheduleInput(node, node, Now, new HostInput.Started());
    }

    /// <summary>Ends a node's process at once.</summary>
    public void Kill(SimulatedNode node)
    {
        Record(node, TraceKind.Crash, 0, default, "crash");
        _network.CutAll(node, Now);
        node.Stop();
        if (ReferenceEquals(node, _stepping))
        {
            _effects.Clear(); // who listens may end a node in the middle of its step
        }
    }

    /// <summary>Gives an input to a node, which is told if it has not restarted by then.</summary>
    public void ScheduleInput(SimulatedNode source, SimulatedNode destination, Instant time, HostInput input) =>
        Schedule(source, destination.Place, time, SimulatedEvent.OfInput(input, destination.Incarnation));

    private void Schedule(SimulatedNode source, in NodePlace destination, Instant time, in SimulatedEvent happening)
    {
        var coming = new ComingEvent(new EventKey(time, source.Index, source.NextSequence++), in happening);
        if (destination.Index == source.Index && destination.Shard == Index)
        {
            Queue(destination.Queue, in coming);
            return;
        }

        if (_windowEnd is { } end && time < end)
        {
            throw _simulator.Broken($"an event of {source.Name} reaches {destination.Queue.Node.Name} before the shortest latency");
        }

        var mail = new MailEvent(destination.InShard, in coming);
        if (destination.Shard == Index)
        {
            Add(in mail);
        }
        else if (_windowEnd is null)
        {
            _simulator.ShardOf(destination.Queue.Node).Add(in mail);
        }
        else
        {
            _leaving[destination.Shard].Add(mail);
        }
    }

    /// <summary>Takes what comes to a node from another.</summary>
    private void Add(in MailEvent mail)
    {
        if (!_isInWindows || !_mail.TryAdd(in mail))
        {
            Queue(_nodes[mail.InShard], in mail.Event);
        }
    }

    private void Queue(NodeQueue node, in ComingEvent coming)
    {
        node.Add(in coming);
        if (coming.Key.Time.Microseconds < node.LookedAt)
        {
            LookAt(node, coming.Key.Time);
        }
    }

    private void LookAgain(NodeQueue node)
    {
        node.LookedAt = long.MaxValue;
        if (!node.IsEmpty)
        {
            LookAt(node, node.First.Key.Time);
        }
    }

    private void LookAt(NodeQueue node, Instant time)
    {
        node.LookedAt = time.Microseconds;
        var turn = new NodeTurn(time.Microseconds, node);
        if (turn.Time < _soonEnd)
        {
            _soon.Add(turn);
            _soonFirst = long.Min(_soonFirst, turn.Time);
        }
        else
        {
            _turns.Add(in turn);
        }
    }

    private void HappenNext(NodeQueue queue)
    {
        ComingEvent coming = queue.First;
        queue.RemoveFirst();
        Happen(queue.Node, in coming);
    }

    private void Happen(SimulatedNode node, in ComingEvent coming)
    {
        EventKey key = coming.Key;
        node.EventsAtOnce = key.Time == Now && node.LastEvent == Now ? node.EventsAtOnce + 1 : 0;
        node.LastEvent = Now = key.Time;
        if (node.EventsAtOnce > (long)MaxEventsAtOnce * (_simulator.Nodes.Count + 1))
        {
            throw _simulator.Broken("time stands still: somebody answers each of its timers with another that is due at once");
        }

        EventCount++;
        Happen(node, in coming.Happening, in key);
    }

    private void Happen(SimulatedNode node, in SimulatedEvent next, in EventKey key)
    {
        if (!node.IsRunning)
        {
            HappenToStopped(node, in next);
            return;
        }

        if (node.BusyUntil > Now)
        {
            node.Queue.Add(new ComingEvent(key with { Time = node.BusyUntil }, in next));
            return;
        }

        switch (next.Kind)
        {
            case SimulatedEventKind.Message: OnMessage(node, in next); break;
            case SimulatedEventKind.Timer: OnTimer(node, next.Timer, key.Sequence); break;
            case SimulatedEventKind.Input: OnInput(node, in next); break;
            case SimulatedEventKind.DialArrived: OnDialArrived(node, in next); break;
            case SimulatedEventKind.DialAnswered: OnDialAnswered(node, next.Local); break;
            case SimulatedEventKind.ConnectionLost: OnConnectionLost(node, next.Local, next.Reason); break;
        }
    }

    private void HappenToStopped(SimulatedNode node, in SimulatedEvent next)
    {
        switch (next.Kind)
        {
            case SimulatedEventKind.DialArrived: _network.Refuse(in next, node, Now); break;
            case SimulatedEventKind.DialAnswered: _network.Abandon(next.Local, Now); break;
        }
    }

    private void OnInput(SimulatedNode node, in SimulatedEvent input)
    {
        if (input.Incarnation == node.Incarnation)
        {
            Step(node, input.Value, TraceKind.Input, SubjectOf(input.Value), default);
        }
    }

    private static ulong SubjectOf(HostInput input) => input switch
    {
        HostInput.JobFinished finished => finished.Job.Value,
        HostInput.Submitted submitted => FirstBytes(submitted.Transaction.Id.Value),
        _ => 0,
    };

    private static ulong FirstBytes(Hash256 hash) => BinaryPrimitives.ReadUInt64LittleEndian(Hash256.AsSpan(in hash));

    private void OnTimer(SimulatedNode node, TimerKey timer, ulong sequence)
    {
        if (node.Timers.TryGetValue(timer, out ulong current) && current == sequence)
        {
            node.Timers.Remove(timer);
            Step(node, new HostInput.TimerFired(timer), TraceKind.Timer, unchecked(((ulong)timer.Kind << 32) ^ timer.Subject), default);
        }
    }

    private void OnDialArrived(SimulatedNode node, in SimulatedEvent dial)
    {
        if (_network.Accept(in dial, node, Now) is { } local)
        {
            Step(node, Connected(local, ConnectionDirection.Inbound), TraceKind.Connected, local.Id.Value, default);
        }
    }

    private void OnDialAnswered(SimulatedNode node, Endpoint local)
    {
        if (local.Incarnation != node.Incarnation)
        {
            _network.Abandon(local, Now);
        }
        else if (SimulatedNetwork.TryOpen(local))
        {
            Step(node, Connected(local, ConnectionDirection.Outbound), TraceKind.Connected, local.Id.Value, default);
        }
        else
        {
            _network.Fail(node, local.Peer.Address, Now);
        }
    }

    private void OnMessage(SimulatedNode node, in SimulatedEvent message)
    {
        Endpoint local = message.Local;
        if (!local.IsListed)
        {
            return;
        }

        if (message.Message is { } value)
        {
            Step(node, new HostInput.Received(local.Id, value), TraceKind.Message, local.Id.Value, [(byte)value.Kind]);
            return;
        }

        byte[] bytes = message.Bytes;
        if (!PeerMessageCodec.TryDecode(bytes, out PeerMessage? decoded, out WireError error))
        {
            throw _simulator.Broken($"{node.Name} was sent a message that does not decode: {error}");
        }

        node.BytesReceived += bytes.Length;
        Step(node, new HostInput.Received(local.Id, decoded), TraceKind.Message, local.Id.Value, bytes);
    }

    private void OnConnectionLost(SimulatedNode node, Endpoint local, string reason)
    {
        local.IsCut = true;
        if (local.IsListed)
        {
            local.IsListed = false;
            node.Endpoints.Remove(local.Id, out _);
            Step(node, new HostInput.Disconnected(local.Id, reason), TraceKind.Disconnected, local.Id.Value, default);
        }
    }

    private static HostInput.Connected Connected(Endpoint local, ConnectionDirection direction) =>
        new(new PeerConnection(local.Id, local.Peer.Peer, direction, local.Peer.Address));

    private void Step(SimulatedNode node, HostInput input, byte traceKind, ulong subject, ReadOnlySpan<byte> payload)
    {
        Record(node, traceKind, subject, payload, input);
        UnixTime wall = _options.StartTime
            .Plus(Now - Instant.Zero)
            .Plus(node.ClockSkew);
        var context = new StepContext(Now, wall, node.Random);
        _effects.Clear();
        _stepping = node;
        node.Machine!.Handle(in input, in context, _effects);
        TimeSpan duration = _options.Processor?.StepDuration(node, input) ?? TimeSpan.Zero;
        node.ProcessorTime += duration;
        CarryOut(node, Now + duration);
    }

    /// <summary>Carries out what a step wants, from the time on at which its computation is over.</summary>
    private void CarryOut(SimulatedNode node, Instant at)
    {
        bool unsyncedWrites = false;
        FetchEnds(node);
        for (int i = 0; i < _effects.Effects.Count; i++)
        {
            if (node.CrashAt == node.Effected)
            {
                CrashNow(node);
                return;
            }

            node.Effected++;
            Effect effect = _effects.Effects[i];
            switch (effect.Kind)
            {
                case EffectKind.Send: _network.Send(node, effect.Connection, effect.Message, at); break;
                case EffectKind.Dial: Dial(node, effect.Address, at); break;
                case EffectKind.Close: _network.Close(node, effect.Connection, effect.Reason, at); break;
                case EffectKind.SetTimer: SetTimer(node, effect.Timer, effect.Due, at); break;
                case EffectKind.CancelTimer: node.Timers.Remove(effect.Timer); break;
                case EffectKind.Write:
                    node.Disk.Begin(effect.Batch);
                    unsyncedWrites |= effect.Durability == Durability.Durable;
                    break;
                case EffectKind.HoldUntilDurable:
                    at = Sync(node, at, ref unsyncedWrites);
                    break;
                case EffectKind.Offload: Offload(node, effect, at); break;
                case EffectKind.Emit: Tell(node, effect.Event); break;
            }
        }

        node.BusyUntil = Sync(node, at, ref unsyncedWrites);
    }

    /// <summary>Fetches the ends of the connections that a step sends over, side by side.</summary>
    private void FetchEnds(SimulatedNode node)
    {
        IReadOnlyList<Effect> effects = _effects.Effects;
        for (int i = 1; i < effects.Count; i++)
        {
            if (effects[i].Kind == EffectKind.Send && node.Endpoints.TryGet(effects[i].Connection, out Endpoint? end))
            {
                Lookahead.Fetch(end, lines: 2);
            }
        }
    }

    private void CrashNow(SimulatedNode node)
    {
        Kill(node);
        if (!node.CrashKeepsWrites)
        {
            node.Disk.LosePower(node.DiskRandom);
        }
    }

    private void Tell(SimulatedNode node, DomainEvent happened)
    {
        if (_windowEnd is null)
        {
            _simulator.EventObserved?.Invoke(node, happened);
        }
        else
        {
            _told.Add(new ToldEvent(Now, node, _told.Count, happened));
        }
    }

    private void Record(SimulatedNode node, byte kind, ulong subject, ReadOnlySpan<byte> payload, object what)
    {
        node.Trace.Record(Now, kind, subject, payload);
        _simulator.Traced?.Invoke(new TraceRecord(Now, node.Name, TraceRecord.Describe(what), subject, payload.IsEmpty ? default : Sha256.Hash(payload)));
    }

    /// <summary>Waits for the disk where a durable write is on its way. Before that, a crash may lose the write.</summary>
    private Instant Sync(SimulatedNode node, Instant at, ref bool unsyncedWrites)
    {
        if (!unsyncedWrites)
        {
            return at;
        }

        unsyncedWrites = false;
        node.Disk.Sync();
        return at + _options.DiskSync;
    }

    private void Dial(SimulatedNode node, PeerAddress address, Instant at)
    {
        _network.Dial(node, _simulator.FindByAddress(address), address, at);
    }

    private void SetTimer(SimulatedNode node, TimerKey key, Instant due, Instant at)
    {
        node.Timers[key] = node.NextSequence;
        Schedule(node, node.Place, due > at ? due : at, SimulatedEvent.OfTimer(key));
    }

    private void Offload(SimulatedNode node, Effect effect, Instant at)
    {
        using Storage.IKeyValueSnapshot snapshot = node.Disk.CreateSnapshot();
        JobResult result = _shared?.Run(effect.Job, snapshot) ?? effect.Job.Run(snapshot);
        ScheduleInput(node, node, EndOf(node, effect.Job, result, at), new HostInput.JobFinished(effect.JobId, result));
    }

    private Instant EndOf(SimulatedNode node, Job job, JobResult result, Instant from)
    {
        if (_options.Processor is not { } processor)
        {
            return from + _options.JobDuration(job);
        }

        JobCharge charge = processor.JobDuration(node, job, result);
        return charge.OccupiesThread
            ? node.OccupyThread(processor.JobThreads, from, charge.Duration)
            : from + charge.Duration;
    }

}
