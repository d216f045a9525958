using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// Connections between simulated nodes: ordered, delayed, sometimes lossy, cut by partitions and crashes, in one
/// direction or both. A step of one node changes nothing of another: what it does there arrives there as an event, and not
/// before the shortest latency. So nodes can be simulated on several threads, each with a network object of its own.
/// </summary>
internal sealed class SimulatedNetwork(
    NetworkModel model,
    bool encodes,
    bool counts,
    SortedDictionary<(int From, int To), LinkCondition> conditions,
    Scheduling schedule,
    Action<Instant, Action> doAt)
{
    private const ulong Million = 1_000_000;

    private readonly FairLinks? _links = model.SharesFairly ? new FairLinks(model.UplinkBytesPerSecond, model.DownlinkBytesPerSecond, doAt) : null;
    private readonly WireWriter _writer = new(4096);
    private readonly bool _measures = encodes || counts || model.SharesFairly || model.UplinkBytesPerSecond > 0 || model.LinkBytesPerSecond > 0;
    private PeerMessage? _encodedLast;
    private byte[] _bytesOfLast = [];
    private int _sizeOfLast;

    /// <summary>What was sent.</summary>
    public TrafficCount Traffic { get; } = new();

    /// <summary>What is wrong with the way between two nodes, to be changed.</summary>
    public LinkCondition ConditionOf(SimulatedNode from, SimulatedNode to)
    {
        if (!conditions.TryGetValue((from.Index, to.Index), out LinkCondition? condition))
        {
            condition = new LinkCondition();
            conditions.Add((from.Index, to.Index), condition);
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
        foreach ((int from, int to) in conditions.Keys.ToArray())
        {
            Unclog(nodes[from], nodes[to], at);
        }

        conditions.Clear();
    }

    public void Dial(SimulatedNode source, SimulatedNode? target, PeerAddress address, Instant at)
    {
        if (target is null || target == source || source.Group != target.Group || IsCut(source, target))
        {
            Fail(source, address, at + model.FailureDetection);
            return;
        }

        schedule(source, target.Place, at + Delay(source, target), SimulatedEvent.DialArrived(source, address));
    }

    /// <summary>The dialled node is down.</summary>
    public void Refuse(in SimulatedEvent dial, SimulatedNode target, Instant at) =>
        schedule(
            target,
            dial.Dialler.Place,
            at + Delay(target, dial.Dialler),
            SimulatedEvent.OfInput(new HostInput.DialFailed(dial.Address), dial.Incarnation));

    /// <summary>Tells a node that its dial came to nothing.</summary>
    public void Fail(SimulatedNode dialler, PeerAddress address, Instant at) =>
        schedule(dialler, dialler.Place, at, SimulatedEvent.OfInput(new HostInput.DialFailed(address), dialler.Incarnation));

    /// <summary>The end that the dialled node gets; null where the dialler is out of reach and is told so later.</summary>
    public Endpoint? Accept(in SimulatedEvent dial, SimulatedNode target, Instant at)
    {
        SimulatedNode dialler = dial.Dialler;
        bool isCut = dialler.Group != target.Group || IsCut(target, dialler);
        if (isCut)
        {
            schedule(target, dialler.Place, at + model.FailureDetection, SimulatedEvent.OfInput(new HostInput.DialFailed(dial.Address), dial.Incarnation));
        }

        if (dialler.Group != target.Group)
        {
            return null;
        }

        var local = new Endpoint(target, target.Incarnation);
        var remote = new Endpoint(dialler, dial.Incarnation);
        Endpoint.Join(local, remote);
        List(local);
        local.LastArrival = at + Delay(target, dialler);
        if (!isCut)
        {
            schedule(target, dialler.Place, local.LastArrival, SimulatedEvent.DialAnswered(remote));
        }

        return local;
    }

    /// <summary>The answer to a dial has arrived: false where the connection was lost meanwhile.</summary>
    public static bool TryOpen(Endpoint local)
    {
        if (local.IsCut)
        {
            return false;
        }

        List(local);
        return true;
    }

    /// <summary>The answer to a dial reached a node that has restarted or is down: the other end finds out.</summary>
    public void Abandon(Endpoint local, Instant at) => Lose(local.Owner, local.Other, at);

    private static void List(Endpoint local)
    {
        local.IsListed = true;
        local.Owner.Endpoints.Add(local);
    }

    public void Send(SimulatedNode source, ConnectionId connection, PeerMessage message, Instant from)
    {
        if (!source.Endpoints.TryGet(connection, out Endpoint? local) || local.IsCut)
        {
            return;
        }

        int size = Measure(message);
        source.BytesSent += size;
        Traffic.Add(message.Kind, size);
        bool isLost = HappensTo(source, model.LossPerMillion) || IsCut(source, local.Peer);
        SimulatedEvent arriving = encodes ? SimulatedEvent.OfMessage(local.Other, _bytesOfLast) : SimulatedEvent.OfMessage(local.Other, message);
        if (_links is not null)
        {
            SendFairly(source, local, size, from, isLost ? null : arriving);
            return;
        }

        Instant sent = Occupy(source, local, size, from);
        if (!isLost)
        {
            Arrive(source, local, in arriving, sent);
        }
    }

    private void Arrive(SimulatedNode source, Endpoint local, in SimulatedEvent arriving, Instant sent)
    {
        Forward(source, local, in arriving, sent);
        if (HappensTo(source, model.DuplicatesPerMillion))
        {
            Forward(source, local, in arriving, sent);
        }
    }

    /// <summary>Sends over a shared link, from the time on at which the step's computation is over.</summary>
    private void SendFairly(SimulatedNode source, Endpoint local, int size, Instant from, SimulatedEvent? arriving) =>
        doAt(from, () => _links!.Send(local, size, from, sent =>
        {
            if (arriving is { } message)
            {
                Arrive(source, local, in message, sent);
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
        if (!source.Endpoints.Remove(connection, out Endpoint? local))
        {
            return;
        }

        local.IsListed = false;
        if (local.IsCut)
        {
            return;
        }

        if (!IsCut(source, local.Peer))
        {
            Forward(source, local, SimulatedEvent.ConnectionLost(local.Other, reason), at);
        }
        else
        {
            Lose(source, local.Other, at);
        }
    }

    /// <summary>The node crashes: the other ends of its connections find out later.</summary>
    public void CutAll(SimulatedNode node, Instant at)
    {
        foreach (Endpoint local in node.Endpoints.InOrder())
        {
            local.IsListed = false;
            Lose(node, local.Other, at);
        }
    }

    /// <summary>Cuts every connection between nodes of different groups; both ends find out later. Not within a step.</summary>
    public void CutAcrossGroups(IReadOnlyList<SimulatedNode> nodes, Instant at)
    {
        foreach (SimulatedNode node in nodes)
        {
            foreach (Endpoint local in node.Endpoints.InOrder())
            {
                if (local.Peer.Group != node.Group)
                {
                    local.IsCut = local.Other.IsCut = true;
                    Lose(local.Peer, local, at);
                }
            }
        }
    }

    private void Lose(SimulatedNode cause, Endpoint survivor, Instant at) =>
        schedule(cause, survivor.Owner.Place, at + model.FailureDetection, SimulatedEvent.ConnectionLost(survivor, "connection lost"));

    private void Forward(SimulatedNode source, Endpoint local, in SimulatedEvent happening, Instant sent)
    {
        if (conditions.Count > 0 && conditions.TryGetValue((source.Index, local.Peer.Index), out LinkCondition? clogged) && clogged.IsClogged)
        {
            clogged.Held.Add((local, happening));
        }
        else if (happening.Kind == SimulatedEventKind.Message && HappensTo(source, model.ReorderingPerMillion))
        {
            TimeSpan late = new((long)source.LinkRandom.NextBelow((ulong)model.ReorderingDelay.Ticks + 1));
            schedule(source, local.PeerPlace, sent + Delay(source, local.Peer) + late, in happening);
        }
        else
        {
            Deliver(source, local, in happening, sent);
        }
    }

    private void Deliver(SimulatedNode source, Endpoint local, in SimulatedEvent happening, Instant sent)
    {
        Instant arrival = Later(sent + Delay(source, local.Peer), local.LastArrival);
        local.LastArrival = arrival;
        schedule(source, local.PeerPlace, arrival, in happening);
    }

    private bool IsCut(SimulatedNode from, SimulatedNode to) =>
        conditions.Count > 0 && conditions.TryGetValue((from.Index, to.Index), out LinkCondition? condition) && condition.IsCut;

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
