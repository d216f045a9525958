using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Connections between simulated nodes: ordered, delayed, sometimes lossy, cut by partitions and crashes, in one
/// direction or both.
/// </summary>
internal sealed class SimulatedNetwork(
    NetworkModel model, bool encodes, bool counts, Action<SimulatedNode, SimulatedNode, Instant, SimulatedEvent> schedule, Action<Instant, Action> doAt)
{
    private const ulong Million = 1_000_000;

    private readonly FairLinks? _links = model.SharesFairly ? new FairLinks(model.UplinkBytesPerSecond, model.DownlinkBytesPerSecond, doAt) : null;
    private readonly WireWriter _writer = new(4096);
    private readonly SortedDictionary<(int From, int To), LinkCondition> _conditions = [];
    private readonly bool _measures = encodes || counts || model.SharesFairly || model.UplinkBytesPerSecond > 0 || model.LinkBytesPerSecond > 0;
    private PeerMessage? _encodedLast;
    private byte[] _bytesOfLast = [];
    private int _sizeOfLast;

    /// <summary>What was sent.</summary>
    public TrafficCount Traffic { get; } = new();

    /// <summary>What is wrong with the way between two nodes, to be changed.</summary>
    public LinkCondition ConditionOf(SimulatedNode from, SimulatedNode to)
    {
        if (!_conditions.TryGetValue((from.Index, to.Index), out LinkCondition? condition))
        {
            condition = new LinkCondition();
            _conditions.Add((from.Index, to.Index), condition);
        }

        return condition;
    }

    /// <summary>Lets what waited on a clogged way go on.</summary>
    public void Unclog(SimulatedNode from, SimulatedNode to, Instant at)
    {
        LinkCondition condition = ConditionOf(from, to);
        condition.IsClogged = false;
        foreach ((Endpoint local, SimulatedEvent happening) in condition.Held)
        {
            Deliver(from, local, happening, at);
        }

        condition.Held.Clear();
    }

    /// <summary>Mends all ways.</summary>
    public void Mend(IReadOnlyList<SimulatedNode> nodes, Instant at)
    {
        foreach ((int from, int to) in _conditions.Keys.ToArray())
        {
            Unclog(nodes[from], nodes[to], at);
        }

        _conditions.Clear();
    }

    public void Dial(SimulatedNode source, SimulatedNode? target, PeerAddress address, Instant at)
    {
        if (target is null || target == source || source.Group != target.Group || IsCut(source, target))
        {
            Fail(source, address, at + model.FailureDetection);
            return;
        }

        schedule(source, target, at + Delay(source, target), new SimulatedEvent.DialArrived(source, source.Incarnation, address));
    }

    /// <summary>The dialled node is down.</summary>
    public void Refuse(SimulatedEvent.DialArrived dial, SimulatedNode target, Instant at) =>
        schedule(
            target,
            dial.Dialler,
            at + Delay(target, dial.Dialler),
            new SimulatedEvent.Input(new HostInput.DialFailed(dial.Address), dial.Incarnation));

    /// <summary>Tells a node that its dial came to nothing.</summary>
    public void Fail(SimulatedNode dialler, PeerAddress address, Instant at) =>
        schedule(dialler, dialler, at, new SimulatedEvent.Input(new HostInput.DialFailed(address), dialler.Incarnation));

    public bool TryAccept(SimulatedEvent.DialArrived dial, SimulatedNode target, Instant at, [NotNullWhen(true)] out Endpoint? local)
    {
        local = null;
        SimulatedNode dialler = dial.Dialler;
        if (!dialler.IsRunning || dialler.Incarnation != dial.Incarnation)
        {
            return false;
        }

        if (dialler.Group != target.Group)
        {
            Fail(dialler, dial.Address, at + model.FailureDetection);
            return false;
        }

        if (IsCut(target, dialler))
        {
            Fail(dialler, dial.Address, at + model.FailureDetection);
        }

        local = new Endpoint(target, new ConnectionId(target.NextConnection++), target.Incarnation);
        var remote = new Endpoint(dialler, new ConnectionId(dialler.NextConnection++), dialler.Incarnation);
        Endpoint.Join(local, remote);
        target.Endpoints.Add(local.Id, local);
        local.LastArrival = at + Delay(target, dialler);
        if (!IsCut(target, dialler))
        {
            schedule(target, dialler, local.LastArrival, new SimulatedEvent.DialAnswered(remote));
        }

        return true;
    }

    /// <summary>The answer to a dial has arrived: false where the link was cut meanwhile.</summary>
    public static bool TryOpen(Endpoint local)
    {
        if (!local.IsOpen)
        {
            return false;
        }

        local.Owner.Endpoints.Add(local.Id, local);
        return true;
    }

    public void Send(SimulatedNode source, ConnectionId connection, PeerMessage message, Instant from)
    {
        if (!source.Endpoints.TryGetValue(connection, out Endpoint? local) || !local.IsOpen)
        {
            return;
        }

        int size = Measure(message);
        source.BytesSent += size;
        Traffic.Add(message.Kind, size);
        bool isLost = HappensTo(source, model.LossPerMillion) || IsCut(source, local.Other.Owner);
        var arriving = new SimulatedEvent.Message(local.Other, encodes ? _bytesOfLast : default(ReadOnlyMemory<byte>), encodes ? null : message);
        if (_links is not null)
        {
            SendFairly(source, local, size, from, isLost ? null : arriving);
            return;
        }

        Instant sent = Occupy(source, local, size, from);
        if (!isLost)
        {
            Arrive(source, local, arriving, sent);
        }
    }

    private void Arrive(SimulatedNode source, Endpoint local, SimulatedEvent.Message arriving, Instant sent)
    {
        Forward(source, local, arriving, sent);
        if (HappensTo(source, model.DuplicatesPerMillion))
        {
            Forward(source, local, arriving, sent);
        }
    }

    /// <summary>Sends over a shared link, from the time on at which the step's computation is over.</summary>
    private void SendFairly(SimulatedNode source, Endpoint local, int size, Instant from, SimulatedEvent.Message? arriving) =>
        doAt(from, () => _links!.Send(local, size, from, sent =>
        {
            if (arriving is not null)
            {
                Arrive(source, local, arriving, sent);
            }
        }));

    /// <summary>Encodes a message where somebody wants its bytes or their number; one that goes to many peers, once.</summary>
    private int Measure(PeerMessage message)
    {
        if (_measures && !ReferenceEquals(message, _encodedLast))
        {
            _writer.Clear();
            PeerMessageCodec.Encode(message, _writer);
            _encodedLast = message;
            _sizeOfLast = _writer.Written.Length;
            _bytesOfLast = encodes ? _writer.ToArray() : [];
        }

        return _measures ? _sizeOfLast : 0;
    }

    public void Close(SimulatedNode source, ConnectionId connection, string reason, Instant at)
    {
        if (!source.Endpoints.Remove(connection, out Endpoint? local) || !local.IsOpen)
        {
            return;
        }

        Shut(local);
        if (!IsCut(source, local.Other.Owner))
        {
            Forward(source, local, new SimulatedEvent.ConnectionLost(local.Other, reason), at);
        }
        else
        {
            schedule(source, local.Other.Owner, at + model.FailureDetection, new SimulatedEvent.ConnectionLost(local.Other, "connection lost"));
        }
    }

    /// <summary>Cuts every connection of a node that crashes; the other ends find out later.</summary>
    public void CutAll(SimulatedNode node, Instant at)
    {
        foreach ((ConnectionId _, Endpoint local) in node.Endpoints)
        {
            Cut(node, local.Other, at);
        }
    }

    /// <summary>Cuts every connection between nodes of different groups; both ends find out later.</summary>
    public void CutAcrossGroups(IReadOnlyList<SimulatedNode> nodes, Instant at)
    {
        foreach (SimulatedNode node in nodes)
        {
            foreach ((ConnectionId _, Endpoint local) in node.Endpoints)
            {
                if (local.Other.Owner.Group != node.Group)
                {
                    Cut(local.Other.Owner, local, at);
                }
            }
        }
    }

    private void Cut(SimulatedNode cause, Endpoint survivor, Instant at)
    {
        Shut(survivor);
        schedule(cause, survivor.Owner, at + model.FailureDetection, new SimulatedEvent.ConnectionLost(survivor, "connection lost"));
    }

    private static void Shut(Endpoint one)
    {
        one.IsOpen = false;
        one.Other.IsOpen = false;
    }

    private void Forward(SimulatedNode source, Endpoint local, SimulatedEvent happening, Instant sent)
    {
        if (_conditions.Count > 0 && ConditionOf(source, local.Other.Owner) is { IsClogged: true } clogged)
        {
            clogged.Held.Add((local, happening));
        }
        else if (happening is SimulatedEvent.Message && HappensTo(source, model.ReorderingPerMillion))
        {
            TimeSpan late = new((long)source.LinkRandom.NextBelow((ulong)model.ReorderingDelay.Ticks + 1));
            schedule(source, local.Other.Owner, sent + Delay(source, local.Other.Owner) + late, happening);
        }
        else
        {
            Deliver(source, local, happening, sent);
        }
    }

    private void Deliver(SimulatedNode source, Endpoint local, SimulatedEvent happening, Instant sent)
    {
        Instant arrival = Later(sent + Delay(source, local.Other.Owner), local.LastArrival);
        local.LastArrival = arrival;
        schedule(source, local.Other.Owner, arrival, happening);
    }

    private bool IsCut(SimulatedNode from, SimulatedNode to) =>
        _conditions.Count > 0 && _conditions.TryGetValue((from.Index, to.Index), out LinkCondition? condition) && condition.IsCut;

    private static bool HappensTo(SimulatedNode source, int perMillion) =>
        perMillion > 0 && source.LinkRandom.NextBelow(Million) < (ulong)perMillion;

    /// <summary>When a message has left the node and its link, both of which earlier messages may keep busy.</summary>
    private Instant Occupy(SimulatedNode source, Endpoint local, int bytes, Instant at)
    {
        Instant sent = at;
        if (model.UplinkBytesPerSecond > 0)
        {
            sent = source.UplinkFreeAt = TimeOf(bytes, model.UplinkBytesPerSecond, Later(at, source.UplinkFreeAt));
        }

        if (model.LinkBytesPerSecond > 0)
        {
            sent = local.LinkFreeAt = TimeOf(bytes, model.LinkBytesPerSecond, Later(sent, local.LinkFreeAt));
        }

        return sent;
    }

    private static Instant TimeOf(int bytes, long bytesPerSecond, Instant from) =>
        new(checked(from.Microseconds + (bytes * 1_000_000L / bytesPerSecond)));

    private TimeSpan Delay(SimulatedNode source, SimulatedNode target)
    {
        TimeSpan latency = model.Regions?.OneWay(source.Region, target.Region) ?? model.Latency;
        long jitter = model.Jitter.Ticks;
        return jitter == 0 ? latency : latency + new TimeSpan((long)source.LinkRandom.NextBelow((ulong)jitter + 1));
    }

    private static Instant Later(Instant one, Instant other) => one > other ? one : other;
}
