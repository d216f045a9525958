using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>One node of a simulation: a machine, its disk, its timers and its connections.</summary>
public sealed class SimulatedNode
{
    private readonly Func<SimulatedNode, IMachine<HostInput>> _factory;

    internal SimulatedNode(
        int index, int shard, int inShard, string name, PeerAddress address, PeerId peer, DeterministicRandom random, Func<SimulatedNode, IMachine<HostInput>> factory)
    {
        Index = index;
        Queue = new NodeQueue(this, shard, inShard);
        Place = new NodePlace(Queue);
        Name = name;
        Address = address;
        Peer = peer;
        Random = random;
        LinkRandom = random.Fork(1);
        DiskRandom = random.Fork(2);
        _factory = factory;
    }

    /// <summary>Its number, in the order of adding.</summary>
    public int Index { get; }

    /// <summary>Its name, for people.</summary>
    public string Name { get; }

    /// <summary>Where other nodes dial it.</summary>
    public PeerAddress Address { get; }

    /// <summary>Who it is to other nodes.</summary>
    public PeerId Peer { get; }

    /// <summary>Its disk, which survives crashes.</summary>
    public SimulatedDisk Disk { get; } = new();

    /// <summary>Its place in <see cref="NetworkModel.Regions"/>; 0 where there are none.</summary>
    public int Region { get; internal init; }

    /// <summary>How long its processor was busy with steps and jobs that its model charged.</summary>
    public TimeSpan ProcessorTime { get; internal set; }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => Machine is not null;

    /// <summary>The machine while it runs, else null.</summary>
    public IMachine<HostInput>? Machine { get; private set; }

    /// <summary>How far its wall clock is ahead of the simulation's.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Which group of a partition it is in; nodes of different groups do not reach each other.</summary>
    public int Group { get; internal set; }

    /// <summary>The chain of hashes over everything that happened to it.</summary>
    public Crypto.Hash256 Digest => Trace.Digest;

    /// <summary>How many inputs it has handled.</summary>
    public long Steps => Trace.Records;

    /// <summary>How many effects were carried out in all its lives: the points at which it can crash.</summary>
    public long Effected { get; internal set; }

    /// <summary>Bytes of the messages that reached its machine.</summary>
    public long BytesReceived { get; internal set; }

    /// <summary>Bytes of the messages that it sent, lost ones included. 0 where messages go by reference and no bandwidth is set.</summary>
    public long BytesSent { get; internal set; }

    internal Trace Trace { get; } = new();

    internal DeterministicRandom Random { get; }

    internal DeterministicRandom LinkRandom { get; }

    internal DeterministicRandom DiskRandom { get; }

    /// <summary>The timers that are set, each with the number of the event that fires it: no other one does.</summary>
    internal Dictionary<TimerKey, ulong> Timers { get; } = [];

    internal EndpointList Endpoints { get; } = new();

    /// <summary>What will happen to it.</summary>
    internal NodeQueue Queue { get; }

    /// <summary>Where others send what happens to it.</summary>
    internal NodePlace Place { get; }

    /// <summary>How many events have happened to it at the time of the last one.</summary>
    internal long EventsAtOnce { get; set; }

    internal Instant LastEvent { get; set; }

    internal ulong NextSequence { get; set; }

    internal ulong Incarnation { get; private set; }

    /// <summary>The node is busy until then: it waits for its disk.</summary>
    internal Instant BusyUntil { get; set; }

    internal Instant UplinkFreeAt { get; set; }

    /// <summary>When each thread for jobs has done what was given to it.</summary>
    private Instant[] ThreadsFreeAt { get; set; } = [];

    /// <summary>The value of <see cref="Effected"/> at which it crashes, in the middle of a step or not; or null.</summary>
    internal long? CrashAt { get; set; }

    /// <summary>Whether the crash takes only the process, whose writes stay with the operating system.</summary>
    internal bool CrashKeepsWrites { get; set; }

    /// <summary>Gives a job to the thread that is free first; the answer is when it is done.</summary>
    internal Instant OccupyThread(int threads, Instant from, TimeSpan duration)
    {
        if (ThreadsFreeAt.Length != threads)
        {
            ThreadsFreeAt = new Instant[threads];
        }

        int first = 0;
        for (int i = 1; i < threads; i++)
        {
            first = ThreadsFreeAt[i] < ThreadsFreeAt[first] ? i : first;
        }

        Instant start = ThreadsFreeAt[first] > from ? ThreadsFreeAt[first] : from;
        ProcessorTime += duration;
        return ThreadsFreeAt[first] = start + duration;
    }

    /// <summary>Has its machine and its trace fetched, before something happens to it.</summary>
    internal void FetchState()
    {
        Lookahead.Fetch(Machine, lines: 3);
        Lookahead.Fetch(Trace);
        Lookahead.Fetch(Endpoints);
    }

    internal void Start()
    {
        ThreadsFreeAt = [];
        Incarnation++;
        Machine = _factory(this);
    }

    internal void Stop()
    {
        Machine = null;
        CrashAt = null;
        Timers.Clear();
        Endpoints.Clear();
    }
}
