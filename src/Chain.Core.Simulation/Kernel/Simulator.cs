using System.Globalization;
using System.Net;
using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Runs the machines of many nodes under virtual time. The machines are those of production; only network, clock, disk and
/// job pool are simulated. The same seed gives the same digest on every machine, on one thread and on several.
/// </summary>
public sealed class Simulator
{
    private const ushort Port = 7000;
    private const int MaxThreads = 256;

    private readonly SimulatorOptions _options;
    private readonly PriorityQueue<Action, (Instant Time, ulong Sequence)> _controls = new();
    private readonly List<SimulatedNode> _nodes = [];
    private readonly Dictionary<PeerAddress, SimulatedNode> _byAddress = [];
    private readonly List<(string Name, Func<string?> Check)> _invariants = [];
    private readonly DeterministicRandom _random;
    private readonly SimulationShard[] _shards;
    private readonly SortedDictionary<(int From, int To), LinkCondition> _conditions = [];
    private readonly TimeSpan _window;
    private readonly List<ToldEvent> _told = [];
    private Instant? _windowEnd;
    private ulong _controlSequence;
    private long _controlEvents;

    /// <summary>An empty simulation at time zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Simulator(SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Network.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DiskSync, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.InvariantInterval);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, MaxThreads);
        _options = options;
        _random = new DeterministicRandom(options.Seed);
        _window = options.Threads == 0 ? TimeSpan.Zero : options.Network.ShortestCrossing;
        _shards = new SimulationShard[_window > TimeSpan.Zero ? options.Threads : 1];
        for (int i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new SimulationShard(this, options, i, _shards.Length, _conditions);
        }
    }

    /// <summary>Told of every domain event, in order: the node and the event.</summary>
    public Action<SimulatedNode, DomainEvent>? EventObserved { get; set; }

    /// <summary>Told of everything that enters a digest, in order: two runs of one seed differ first where these differ.</summary>
    public Action<TraceRecord>? Traced { get; set; }

    /// <summary>The simulated time.</summary>
    public Instant Now { get; private set; }

    /// <summary>How many events have happened.</summary>
    public long EventCount => _controlEvents + _shards.Sum(static shard => shard.EventCount);

    /// <summary>What all nodes sent until now, by kind of message.</summary>
    public TrafficCount Traffic
    {
        get
        {
            var all = new TrafficCount();
            Array.ForEach(_shards, shard => all.Add(shard.Network.Traffic));
            return all;
        }
    }

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
            index % _shards.Length,
            index / _shards.Length,
            name,
            PeerAddress.From(ip, Port),
            new PeerId(Sha256.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index}/{name}")))),
            _random.Fork((ulong)index),
            factory)
        {
            Region = region,
        };
        node.Disk.Shared = ShardOf(node).Records;
        _nodes.Add(node);
        ShardOf(node).Take(node);
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
    public void RunFor(TimeSpan duration)
    {
        // Invariants and traces are about all nodes at one time and in one order.
        if (_window > TimeSpan.Zero && _invariants.Count == 0 && Traced is null)
        {
            RunInWindows(Now + duration);
        }
        else
        {
            Run(Now + duration, static () => false);
        }
    }

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
        RequireOutsideWindow(Now);
        ShardOf(node).ScheduleInput(node, node, Now, input);
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

        _shards[0].Network.CutAcrossGroups(_nodes, Now);
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
        _shards[0].Network.Unclog(from, to, Now);
    }

    /// <summary>Ends a partition, and mends every way that is cut or clogged; where connections are gone, nodes dial anew.</summary>
    public void Heal()
    {
        _shards[0].Network.Mend(_nodes, Now);
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
            ShardOf(node).Kill(node);
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

    internal SimulationShard ShardOf(SimulatedNode node) => _shards[node.Queue.Shard];

    internal SimulatedNode? FindByAddress(PeerAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>Does something at a time that is not before now.</summary>
    internal void AtTime(Instant time, Action action)
    {
        RequireOutsideWindow(time);
        _controls.Enqueue(action, (time, _controlSequence++));
    }

    private void Start(SimulatedNode node) => ShardOf(node).Start(node);

    private bool Run(Instant end, Func<bool> condition)
    {
        bool holds = condition();
        while (!holds && TryPeek(out Instant next, out SimulationShard? shard) && next <= end)
        {
            SetNow(next);
            if (shard is null)
            {
                DoControl();
            }
            else
            {
                shard.StepOnce();
            }

            if (_invariants.Count > 0 && EventCount % _options.InvariantInterval == 0)
            {
                CheckInvariants();
            }

            holds = condition();
        }

        SetNow(holds ? Now : end);
        CheckInvariants();
        return holds;
    }

    /// <summary>As <see cref="Run"/>, but in windows of the shortest latency, in which all nodes go on by themselves.</summary>
    private void RunInWindows(Instant end)
    {
        using var crew = new ShardCrew(_shards);
        while (TryPeek(out Instant next, out SimulationShard? shard) && next <= end)
        {
            SetNow(next);
            if (shard is null)
            {
                DoControl();
                continue;
            }

            Instant windowEnd = Earlier(next + _window, new Instant(end.Microseconds + 1));
            windowEnd = _controls.TryPeek(out _, out (Instant Time, ulong) control) ? Earlier(windowEnd, control.Time) : windowEnd;
            crew.Run(windowEnd);
            HandOn(windowEnd);
        }

        Array.ForEach(_shards, static shard => shard.EndWindows());
        SetNow(end);
    }

    /// <summary>Tells what nodes told in a window, in the order in which it happened.</summary>
    private void HandOn(Instant windowEnd)
    {
        foreach (SimulationShard shard in _shards)
        {
            _told.AddRange(shard.Told);
            shard.Told.Clear();
        }

        if (_told.Count > 0 && EventObserved is { } observed)
        {
            _windowEnd = windowEnd;
            _told.Sort();
            foreach (ToldEvent each in _told)
            {
                Now = each.Time;
                observed(each.Node, each.Event);
            }

            _windowEnd = null;
        }

        _told.Clear();
    }

    private void RequireOutsideWindow(Instant time)
    {
        if (_windowEnd is { } end && time < end)
        {
            throw Broken($"what a node told makes something happen at {time}, when other nodes are at {end} already; see {nameof(SimulatorOptions)}.{nameof(SimulatorOptions.Threads)}");
        }
    }

    private bool TryPeek(out Instant time, out SimulationShard? shard)
    {
        (long Time, int Node) earliest = (long.MaxValue, int.MaxValue);
        shard = null;
        foreach (SimulationShard each in _shards)
        {
            if (each.TryPeek(out (long Time, int Node) next) && next.CompareTo(earliest) < 0)
            {
                (earliest, shard) = (next, each);
            }
        }

        // Control comes before the nodes' events of its time.
        if (_controls.TryPeek(out _, out (Instant Time, ulong) control) && control.Time.Microseconds <= earliest.Time)
        {
            (earliest, shard) = ((control.Time.Microseconds, 0), null);
        }

        time = new Instant(earliest.Time);
        return earliest.Time != long.MaxValue;
    }

    private void DoControl()
    {
        _controlEvents++;
        _controls.Dequeue()();
        CheckInvariants();
    }

    private void SetNow(Instant now)
    {
        Now = now;
        foreach (SimulationShard shard in _shards)
        {
            shard.Now = now;
        }
    }

    private static Instant Earlier(Instant one, Instant other) => one < other ? one : other;

    private LinkCondition Condition(SimulatedNode from, SimulatedNode to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return _shards[0].Network.ConditionOf(from, to);
    }

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
