using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Runs the machines of many nodes in one thread under virtual time. The machines are those of production; only
/// network, clock, disk and job pool are simulated. The same seed gives the same digest on every machine.
/// </summary>
public sealed class Simulator
{
    private const int ControlNode = -1;
    private const ushort Port = 7000;

    /// <summary>More events of one node at one instant do not come from a protocol that ever waits.</summary>
    private const int MaxEventsAtOnce = 20_000;

    private readonly SimulatorOptions _options;
    private readonly PriorityQueue<SimulatedEvent, EventKey> _events = new();
    private readonly List<SimulatedNode> _nodes = [];
    private readonly Dictionary<PeerAddress, SimulatedNode> _byAddress = [];
    private readonly List<(string Name, Func<string?> Check)> _invariants = [];
    private readonly DeterministicRandom _random;
    private readonly SimulatedNetwork _network;
    private readonly SharedWork? _shared;
    private ulong _controlSequence;
    private long _eventsAtOnce;

    /// <summary>An empty simulation at time zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Simulator(SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Network.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DiskSync, TimeSpan.Zero);
        _options = options;
        _random = new DeterministicRandom(options.Seed);
        _shared = options.SharesWork ? new SharedWork() : null;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.InvariantInterval);
        _network = new SimulatedNetwork(options.Network, options.EncodesMessages, options.CountsBytes, Schedule, AtTime);
    }

    /// <summary>Told of every domain event, in order: the node and the event.</summary>
    public Action<SimulatedNode, DomainEvent>? EventObserved { get; set; }

    /// <summary>Told of everything that enters a digest, in order: two runs of one seed differ first where these differ.</summary>
    public Action<TraceRecord>? Traced { get; set; }

    /// <summary>The simulated time.</summary>
    public Instant Now { get; private set; }

    /// <summary>How many events have happened.</summary>
    public long EventCount { get; private set; }

    /// <summary>What all nodes sent, by kind of message.</summary>
    public TrafficCount Traffic => _network.Traffic;

    /// <summary>The nodes, in the order of adding.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => _nodes;

    /// <summary>The hash over all nodes' digests, in order.</summary>
    public Hash256 Digest
    {
        get
        {
            var bytes = new byte[_nodes.Count * Hash256.Size];
            for (int i = 0; i < _nodes.Count; i++)
            {
                _nodes[i].Digest.CopyTo(bytes.AsSpan(i * Hash256.Size));
            }

            return Sha256.Hash(bytes);
        }
    }

    /// <summary>Adds a node and starts it now.</summary>
    /// <param name="name">A name for people.</param>
    /// <param name="factory">Makes its machine at every start; what it knows of earlier lives is on the node's disk.</param>
    public SimulatedNode AddNode(string name, Func<SimulatedNode, IMachine<HostInput>> factory) => AddNode(name, region: 0, factory);

    /// <summary>Adds a node and starts it now.</summary>
    /// <param name="name">A name for people.</param>
    /// <param name="region">Its place in <see cref="NetworkModel.Regions"/>; 0 where there are none.</param>
    /// <param name="factory">Makes its machine at every start; what it knows of earlier lives is on the node's disk.</param>
    public SimulatedNode AddNode(string name, int region, Func<SimulatedNode, IMachine<HostInput>> factory)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(region);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(region, int.Max(1, _options.Network.Regions?.Count ?? 1));
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(factory);
        int index = _nodes.Count;
        var ip = new IPAddress([10, (byte)(index >> 16), (byte)((index >> 8) & 0xFF), (byte)(index & 0xFF)]);
        var node = new SimulatedNode(
            index,
            name,
            PeerAddress.From(ip, Port),
            new PeerId(Sha256.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index}/{name}")))),
            _random.Fork((ulong)index),
            factory)
        {
            Region = region,
        };
        node.Disk.Shared = _shared?.Records;
        _nodes.Add(node);
        _byAddress.Add(node.Address, node);
        Start(node);
        return node;
    }

    /// <summary>Adds a check that is made while it runs: <see cref="SimulatorOptions.InvariantInterval"/>.</summary>
    /// <param name="name">What must hold.</param>
    /// <param name="check">Null while it holds, else what is wrong.</param>
    public void AddInvariant(string name, Func<string?> check) => _invariants.Add((name, check));

    /// <summary>Runs for a simulated duration.</summary>
    /// <exception cref="SimulationException">An invariant does not hold, or time stands still; the message names the seed.</exception>
    public void RunFor(TimeSpan duration) => Run(Now + duration, static () => false);

    /// <summary>Runs until a condition holds, or a simulated duration is over.</summary>
    /// <returns>Whether the condition holds.</returns>
    /// <exception cref="SimulationException">An invariant does not hold, or time stands still; the message names the seed.</exception>
    public bool RunUntil(Func<bool> condition, TimeSpan atMost)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Run(Now + atMost, condition);
    }

    /// <summary>Does something at a later simulated time, before the nodes' events of that time.</summary>
    public void At(TimeSpan delay, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        AtTime(Now + delay, action);
    }

    /// <summary>Hands a transaction to a node, as its user would.</summary>
    public void Submit(SimulatedNode node, Transaction transaction) => Tell(node, new HostInput.Submitted(transaction));

    /// <summary>Gives an input to a running node now.</summary>
    public void Tell(SimulatedNode node, HostInput input)
    {
        ArgumentNullException.ThrowIfNull(node);
        ScheduleInput(node, node, Now, input);
    }

    /// <summary>
    /// Splits the network: nodes of different groups do not reach each other. Nodes that are in none form a group of
    /// their own. An earlier partition ends.
    /// </summary>
    public void Partition(params IReadOnlyList<IReadOnlyList<SimulatedNode>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Heal();
        for (int i = 0; i < groups.Count; i++)
        {
            foreach (SimulatedNode node in groups[i])
            {
                node.Group = i + 1;
            }
        }

        _network.CutAcrossGroups(_nodes, Now);
    }

    /// <summary>
    /// Lets nothing through from one node to another, while the other direction works: neither end is told. A connection
    /// that exists stays open until somebody misses an answer.
    /// </summary>
    public void CutOneWay(SimulatedNode from, SimulatedNode to) => Condition(from, to).IsCut = true;

    /// <summary>Holds what one node sends to another back, until <see cref="Unclog"/>.</summary>
    public void Clog(SimulatedNode from, SimulatedNode to) => Condition(from, to).IsClogged = true;

    /// <summary>Delivers what was held back, in order.</summary>
    public void Unclog(SimulatedNode from, SimulatedNode to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        _network.Unclog(from, to, Now);
    }

    /// <summary>Ends a partition, and mends every way that is cut or clogged; where connections are gone, nodes dial anew.</summary>
    public void Heal()
    {
        _network.Mend(_nodes, Now);
        foreach (SimulatedNode node in _nodes)
        {
            node.Group = 0;
        }
    }

    /// <summary>Cuts a node's power: memory is lost, and of the writes that were not synced all but a random prefix.</summary>
    public void Crash(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.IsRunning)
        {
            Kill(node);
            node.Disk.LosePower(node.DiskRandom);
        }
    }

    /// <summary>Ends a node's process at once: memory is lost, its writes are with the operating system.</summary>
    public void Kill(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.IsRunning)
        {
            Record(node, TraceKind.Crash, 0, default, "crash");
            _network.CutAll(node, Now);
            node.Stop();
        }
    }

    /// <summary>Cuts a node's power in the middle of a step, after so many more effects: the others never happen.</summary>
    public static void CrashAfterEffects(SimulatedNode node, int effects)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfNegative(effects);
        CrashAtEffect(node, node.Effected + effects);
    }

    /// <summary>
    /// Cuts a node's power before its n-th effect, counted over all its lives from 0. A run without the crash counts them
    /// (<see cref="SimulatedNode.Effected"/>); the runs with each number below that are all the points between two effects.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="effect">The number of the first effect that does not happen.</param>
    /// <param name="keepsWrites">Whether only the process ends, and its writes stay with the operating system.</param>
    public static void CrashAtEffect(SimulatedNode node, long effect, bool keepsWrites = false)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfLessThan(effect, node.Effected);
        node.CrashAt = effect;
        node.CrashKeepsWrites = keepsWrites;
    }

    /// <summary>Takes back a crash that has not come yet.</summary>
    public static void CrashNever(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.CrashAt = null;
    }

    /// <summary>Starts a stopped node from its disk.</summary>
    public void Restart(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!node.IsRunning)
        {
            Start(node);
        }
    }

    private void Start(SimulatedNode node)
    {
        node.Start();
        node.BusyUntil = Now;
        Record(node, TraceKind.Start, node.Incarnation, default, "start");
        ScheduleInput(node, node, Now, new HostInput.Started());
    }

    private bool Run(Instant end, Func<bool> condition)
    {
        bool holds = condition();
        while (!holds && _events.TryPeek(out _, out EventKey key) && key.Time <= end)
        {
            SimulatedEvent next = _events.Dequeue();
            CheckProgress(key.Time);
            Now = key.Time;
            EventCount++;
            Happen(key, next);
            if (_invariants.Count > 0 && EventCount % _options.InvariantInterval == 0)
            {
                CheckInvariants();
            }

            holds = condition();
        }

        Now = holds ? Now : end;
        CheckInvariants();
        return holds;
    }

    private void CheckProgress(Instant time)
    {
        _eventsAtOnce = time == Now ? _eventsAtOnce + 1 : 0;
        if (_eventsAtOnce > (long)MaxEventsAtOnce * (_nodes.Count + 1))
        {
            throw Broken("time stands still: somebody answers each of its timers with another that is due at once");
        }
    }

    private void Happen(EventKey key, SimulatedEvent next)
    {
        if (next is SimulatedEvent.Control control)
        {
            control.Action();
            CheckInvariants();
            return;
        }

        SimulatedNode node = _nodes[key.Destination];
        if (!node.IsRunning)
        {
            if (next is SimulatedEvent.DialArrived refused)
            {
                _network.Refuse(refused, node, Now);
            }

            return;
        }

        if (node.BusyUntil > Now)
        {
            _events.Enqueue(next, key with { Time = node.BusyUntil });
            return;
        }

        switch (next)
        {
            case SimulatedEvent.Input input: OnInput(node, input); break;
            case SimulatedEvent.Timer timer: OnTimer(node, timer); break;
            case SimulatedEvent.DialArrived dial: OnDialArrived(node, dial); break;
            case SimulatedEvent.DialAnswered answered: OnDialAnswered(node, answered); break;
            case SimulatedEvent.Message message: OnMessage(node, message); break;
            case SimulatedEvent.ConnectionLost lost: OnConnectionLost(node, lost); break;
        }
    }

    private void OnInput(SimulatedNode node, SimulatedEvent.Input input)
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

    private void OnTimer(SimulatedNode node, SimulatedEvent.Timer timer)
    {
        if (node.Timers.TryGetValue(timer.Key, out ulong generation) && generation == timer.Generation)
        {
            node.Timers.Remove(timer.Key);
            Step(node, new HostInput.TimerFired(timer.Key), TraceKind.Timer, unchecked(((ulong)timer.Key.Kind << 32) ^ timer.Key.Subject), default);
        }
    }

    private void OnDialArrived(SimulatedNode node, SimulatedEvent.DialArrived dial)
    {
        if (_network.TryAccept(dial, node, Now, out Endpoint? local))
        {
            Step(node, Connected(local, ConnectionDirection.Inbound), TraceKind.Connected, local.Id.Value, default);
        }
    }

    private void OnDialAnswered(SimulatedNode node, SimulatedEvent.DialAnswered answered)
    {
        Endpoint local = answered.Local;
        if (local.Incarnation != node.Incarnation)
        {
            return;
        }

        if (SimulatedNetwork.TryOpen(local))
        {
            Step(node, Connected(local, ConnectionDirection.Outbound), TraceKind.Connected, local.Id.Value, default);
        }
        else
        {
            _network.Fail(node, local.Other.Owner.Address, Now);
        }
    }

    private void OnMessage(SimulatedNode node, SimulatedEvent.Message message)
    {
        if (!IsLive(node, message.Local))
        {
            return;
        }

        WireError error = WireError.None;
        if (message.Value is not { } decoded && !PeerMessageCodec.TryDecode(message.Bytes, out decoded, out error))
        {
            throw new SimulationException(Describe($"{node.Name} was sent a message that does not decode: {error}"));
        }

        node.BytesReceived += message.Bytes.Length;
        ReadOnlySpan<byte> payload = message.Value is null ? message.Bytes.Span : [(byte)decoded.Kind];
        Step(node, new HostInput.Received(message.Local.Id, decoded), TraceKind.Message, message.Local.Id.Value, payload);
    }

    private void OnConnectionLost(SimulatedNode node, SimulatedEvent.ConnectionLost lost)
    {
        if (IsLive(node, lost.Local))
        {
            node.Endpoints.Remove(lost.Local.Id);
            Step(node, new HostInput.Disconnected(lost.Local.Id, lost.Reason), TraceKind.Disconnected, lost.Local.Id.Value, default);
        }
    }

    private static bool IsLive(SimulatedNode node, Endpoint local) =>
        node.Endpoints.TryGetValue(local.Id, out Endpoint? known) && ReferenceEquals(known, local);

    private static HostInput.Connected Connected(Endpoint local, ConnectionDirection direction) =>
        new(new PeerConnection(local.Id, local.Other.Owner.Peer, direction, local.Other.Owner.Address));

    private void Step(SimulatedNode node, HostInput input, byte traceKind, ulong subject, ReadOnlySpan<byte> payload)
    {
        Record(node, traceKind, subject, payload, input);
        UnixTime wall = _options.StartTime
            .Plus(Now - Instant.Zero)
            .Plus(node.ClockSkew);
        var context = new StepContext(Now, wall, node.Random);
        node.StepEffects.Clear();
        node.Machine!.Handle(in input, in context, node.StepEffects);
        TimeSpan duration = _options.Processor?.StepDuration(node, input) ?? TimeSpan.Zero;
        node.ProcessorTime += duration;
        CarryOut(node, Now + duration);
    }

    /// <summary>Carries out what a step wants, from the time on at which its computation is over.</summary>
    private void CarryOut(SimulatedNode node, Instant at)
    {
        bool unsyncedWrites = false;
        for (int i = 0; i < node.StepEffects.Effects.Count; i++)
        {
            if (node.CrashAt == node.Effected)
            {
                CrashNow(node);
                return;
            }

            node.Effected++;
            Effect effect = node.StepEffects.Effects[i];
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
                case EffectKind.Emit: EventObserved?.Invoke(node, effect.Event); break;
            }
        }

        node.BusyUntil = Sync(node, at, ref unsyncedWrites);
    }

    private void CrashNow(SimulatedNode node)
    {
        if (node.CrashKeepsWrites)
        {
            Kill(node);
        }
        else
        {
            Crash(node);
        }
    }

    private LinkCondition Condition(SimulatedNode from, SimulatedNode to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return _network.ConditionOf(from, to);
    }

    private void Record(SimulatedNode node, byte kind, ulong subject, ReadOnlySpan<byte> payload, object what)
    {
        node.Trace.Record(Now, kind, subject, payload);
        Traced?.Invoke(new TraceRecord(Now, node.Name, TraceRecord.Describe(what), subject, payload.IsEmpty ? default : Sha256.Hash(payload)));
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
        _byAddress.TryGetValue(address, out SimulatedNode? target);
        _network.Dial(node, target, address, at);
    }

    private void SetTimer(SimulatedNode node, TimerKey key, Instant due, Instant at)
    {
        ulong generation = ++node.NextTimerGeneration;
        node.Timers[key] = generation;
        Schedule(node, node, due > at ? due : at, new SimulatedEvent.Timer(key, generation));
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

    private void AtTime(Instant time, Action action) =>
        _events.Enqueue(new SimulatedEvent.Control(action), new EventKey(time, ControlNode, ControlNode, _controlSequence++));

    private void ScheduleInput(SimulatedNode source, SimulatedNode destination, Instant time, HostInput input)
    {
        Schedule(source, destination, time, new SimulatedEvent.Input(input, destination.Incarnation));
    }

    private void Schedule(SimulatedNode source, SimulatedNode destination, Instant time, SimulatedEvent happening) =>
        _events.Enqueue(happening, new EventKey(time, destination.Index, source.Index, source.NextSequence++));

    private void CheckInvariants()
    {
        foreach ((string name, Func<string?> check) in _invariants)
        {
            if (check() is { } wrong)
            {
                throw Broken($"invariant '{name}' is broken: {wrong}");
            }
        }
    }

    /// <summary>A failure at this moment, with what is needed to find it again.</summary>
    internal SimulationException Broken(string what) => new(Describe(what));

    private string Describe(string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} (seed {_options.Seed}, time {Now}, event {EventCount})");
}
