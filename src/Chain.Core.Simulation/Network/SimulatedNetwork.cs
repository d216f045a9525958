using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>Connections between simulated nodes: ordered, delayed, sometimes lossy, cut by partitions and crashes.</summary>
internal sealed class SimulatedNetwork(
    NetworkModel model, Action<SimulatedNode, SimulatedNode, Instant, SimulatedEvent> schedule)
{
    private readonly WireWriter _writer = new(4096);

    public void Dial(SimulatedNode source, SimulatedNode? target, PeerAddress address, Instant at)
    {
        if (target is null || target == source || source.Group != target.Group)
        {
            Fail(source, address, at + model.FailureDetection);
            return;
        }

        schedule(source, target, at + Delay(source), new SimulatedEvent.DialArrived(source, source.Incarnation, address));
    }

    /// <summary>The dialled node is down.</summary>
    public void Refuse(SimulatedEvent.DialArrived dial, SimulatedNode target, Instant at) =>
        schedule(
            target,
            dial.Dialler,
            at + Delay(target),
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

        local = new Endpoint(target, new ConnectionId(target.NextConnection++), target.Incarnation);
        var remote = new Endpoint(dialler, new ConnectionId(dialler.NextConnection++), dialler.Incarnation);
        Endpoint.Join(local, remote);
        target.Endpoints.Add(local.Id, local);
        local.LastArrival = at + Delay(target);
        schedule(target, dialler, local.LastArrival, new SimulatedEvent.DialAnswered(remote));
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

    public void Send(SimulatedNode source, ConnectionId connection, PeerMessage message, Instant at)
    {
        if (!source.Endpoints.TryGetValue(connection, out Endpoint? local) || !local.IsOpen)
        {
            return;
        }

        _writer.Clear();
        PeerMessageCodec.Encode(message, _writer);
        byte[] bytes = _writer.ToArray();
        Instant sent = OccupyUplink(source, bytes.Length, at);
        if (model.LossPerMillion > 0 && source.LinkRandom.NextBelow(1_000_000) < (ulong)model.LossPerMillion)
        {
            return;
        }

        Instant arrival = Later(sent + Delay(source), local.LastArrival);
        local.LastArrival = arrival;
        schedule(source, local.Other.Owner, arrival, new SimulatedEvent.Message(local.Other, bytes));
    }

    public void Close(SimulatedNode source, ConnectionId connection, string reason, Instant at)
    {
        if (!source.Endpoints.Remove(connection, out Endpoint? local) || !local.IsOpen)
        {
            return;
        }

        Shut(local);
        Instant arrival = Later(at + Delay(source), local.LastArrival);
        schedule(source, local.Other.Owner, arrival, new SimulatedEvent.ConnectionLost(local.Other, reason));
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

    private Instant OccupyUplink(SimulatedNode source, int bytes, Instant at)
    {
        if (model.UplinkBytesPerSecond == 0)
        {
            return at;
        }

        Instant start = Later(at, source.UplinkFreeAt);
        source.UplinkFreeAt = new Instant(checked(start.Microseconds + (bytes * 1_000_000L / model.UplinkBytesPerSecond)));
        return source.UplinkFreeAt;
    }

    private TimeSpan Delay(SimulatedNode source)
    {
        long jitter = model.Jitter.Ticks;
        return jitter == 0 ? model.Latency : model.Latency + new TimeSpan((long)source.LinkRandom.NextBelow((ulong)jitter + 1));
    }

    private static Instant Later(Instant one, Instant other) => one > other ? one : other;
}
