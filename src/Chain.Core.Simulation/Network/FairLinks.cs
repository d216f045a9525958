using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// The links of nodes to the network, each shared max-min fairly by the connections that have something to send: a
/// connection gets as much as its sender's uplink and its receiver's downlink allow, and what one cannot use is the
/// others' (Bertsekas and Gallager 1992, section 6.5.2). Rates change when a connection begins or ends to send.
/// </summary>
/// <param name="uplink">Bytes per second that a node can send; 0 for no limit.</param>
/// <param name="downlink">Bytes per second that a node can receive; 0 for no limit.</param>
/// <param name="at">Does something at a time that is not before now.</param>
internal sealed class FairLinks(long uplink, long downlink, Action<Instant, Action> at)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly Dictionary<Endpoint, Flow> _flows = [];
    private readonly List<Flow> _active = []; // in the order of beginning, so that nothing depends on hashes
    private Instant _updated;
    private ulong _generation;

    /// <summary>Sends bytes over a connection behind those that it has to send already.</summary>
    /// <param name="local">The sender's end.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="now">When.</param>
    /// <param name="sent">Told when the last of them has gone.</param>
    public void Send(Endpoint local, int bytes, Instant now, Action<Instant> sent)
    {
        if (!_flows.TryGetValue(local, out Flow? flow))
        {
            flow = new Flow(local);
            _flows.Add(local, flow);
        }

        flow.Waiting.Enqueue((checked(bytes * MicrosecondsPerSecond), sent));
        if (flow.Waiting.Count == 1)
        {
            Advance(now);
            flow.Remaining = flow.Waiting.Peek().Size;
            _active.Add(flow);
            Share(now);
        }
    }

    /// <summary>Lets all connections send at their rates until now.</summary>
    private void Advance(Instant now)
    {
        long microseconds = now.Microseconds - _updated.Microseconds;
        _updated = now;
        foreach (Flow flow in _active)
        {
            // A product beyond the remainder need not be exact, only not overflow.
            flow.Remaining -= (long)Int128.Min(flow.Remaining, (Int128)flow.Rate * microseconds);
        }
    }

    private void Share(Instant now)
    {
        new RateSharing(uplink, downlink).Share(_active);
        Instant next = default;
        bool isAny = false;
        foreach (Flow flow in _active)
        {
            // Rounded up, so that the last byte has gone by then.
            Instant end = new(checked(now.Microseconds + ((flow.Remaining + flow.Rate - 1) / flow.Rate)));
            next = !isAny || end < next ? end : next;
            isAny = true;
        }

        ulong generation = ++_generation;
        if (isAny)
        {
            at(next, () => OnDue(generation, next));
        }
    }

    private void OnDue(ulong generation, Instant now)
    {
        if (generation != _generation)
        {
            return; // rates have changed since
        }

        Advance(now);
        var finished = new List<Action<Instant>>();
        for (int i = 0; i < _active.Count; i++)
        {
            Flow flow = _active[i];
            while (flow.Remaining == 0 && flow.Waiting.TryDequeue(out (long Size, Action<Instant> Sent) done))
            {
                finished.Add(done.Sent);
                flow.Remaining = flow.Waiting.TryPeek(out (long Size, Action<Instant> Sent) following) ? following.Size : 0;
            }
        }

        foreach (Flow idle in _active.Where(static flow => flow.Waiting.Count == 0))
        {
            _flows.Remove(idle.Local);
        }

        _active.RemoveAll(static flow => flow.Waiting.Count == 0);
        Share(now);
        finished.ForEach(each => each(now));
    }
}
