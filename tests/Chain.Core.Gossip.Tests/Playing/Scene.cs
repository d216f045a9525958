using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Playing;

/// <summary>
/// One machine, called alice, and peers that say what the test writes. Keeps everything that the machine sent,
/// dialled, closed and handed up.
/// </summary>
internal sealed class Scene
{
    private readonly EffectList _effects = new();
    private readonly TimerQueue _timers = new();
    private readonly DeterministicRandom _random = new(42);
    private readonly List<(ConnectionId To, PeerMessage Message)> _sent = [];
    private ulong _nextConnection;

    public Scene(GossipOptions? options = null, string self = "alice")
    {
        Machine = new GossipMachine(Chains.Peer(self), options ?? Chains.Options, Chain);
    }

    public GossipMachine Machine { get; }

    public FakeChain Chain { get; } = new();

    public Instant Now { get; private set; } = Instant.Zero;

    /// <summary>Whether the fake chain answers events; the test does otherwise.</summary>
    public bool ChainAnswers { get; set; } = true;

    public List<GossipEvent> Events { get; } = [];

    public List<PeerAddress> Dialled { get; } = [];

    public Dictionary<ConnectionId, string> Closed { get; } = [];

    public int Timers => _timers.Count;

    public Scene Start(params PeerAddress[] bootstrap)
    {
        Tell(new GossipInput.Started(Chains.Address("alice.example"), bootstrap, Chain.Head.Id, Chain.Head.Height, Chain.Locator));
        return this;
    }

    public ConnectionId Connect(
        string name, ConnectionDirection direction = ConnectionDirection.Inbound, PeerAddress? remote = null)
    {
        var id = new ConnectionId(++_nextConnection);
        Tell(new GossipInput.Connected(new PeerConnection(id, Chains.Peer(name), direction, remote ?? Chains.Address($"{name}.example", 40_000))));
        return id;
    }

    /// <summary>Connects a peer that says a fitting hello.</summary>
    public ConnectionId Meet(string name, Block? head = null, ConnectionDirection direction = ConnectionDirection.Inbound)
    {
        ConnectionId connection = Connect(name, direction);
        Hear(connection, Hello(name, head));
        return connection;
    }

    /// <summary>Connects a peer that says this hello.</summary>
    public ConnectionId Meet(string name, PeerMessage.Hello hello)
    {
        ConnectionId connection = Connect(name);
        Hear(connection, hello);
        return connection;
    }

    public static PeerMessage.Hello Hello(string name, Block? head = null) => new(
        Chains.Network,
        Chains.Genesis.Id,
        1,
        1,
        PeerCapabilities.FullHistory | PeerCapabilities.TransactionRelay,
        name,
        null,
        (head ?? Chains.Genesis).Id,
        (head ?? Chains.Genesis).Height);

    public void Hear(ConnectionId from, PeerMessage message) => Tell(new GossipInput.Received(from, message));

    public void Tell(GossipInput input)
    {
        var inputs = new Queue<GossipInput>([input]);
        while (inputs.TryDequeue(out GossipInput? next))
        {
            _effects.Clear();
            Machine.Handle(next, new StepContext(Now, new UnixTime(0), _random), _effects);
            foreach (GossipEvent gossipEvent in Carry())
            {
                Events.Add(gossipEvent);
                foreach (GossipInput answer in ChainAnswers ? Chain.Answer(gossipEvent) : [])
                {
                    inputs.Enqueue(answer);
                }
            }
        }
    }

    /// <summary>Lets time pass, timers firing when they are due.</summary>
    public void Wait(TimeSpan duration)
    {
        Instant until = Now + duration;
        while (_timers.TryPeek(out Instant due) && due <= until)
        {
            Now = due > Now ? due : Now;
            Assert.True(_timers.TryTakeDue(Now, out TimerKey key));
            Tell(new GossipInput.TimerFired(key));
        }

        Now = until;
    }

    /// <summary>What was sent to a connection since the last call, of one kind.</summary>
    public List<T> Sent<T>(ConnectionId to)
        where T : PeerMessage
    {
        List<T> found = _sent.Where(sent => sent.To == to && sent.Message is T).Select(sent => (T)sent.Message).ToList();
        _sent.RemoveAll(sent => sent.To == to && sent.Message is T);
        return found;
    }

    public int SentCount => _sent.Count;

    public void ForgetSent() => _sent.Clear();

    /// <summary>The events of one kind since the last call.</summary>
    public List<T> Take<T>()
        where T : GossipEvent
    {
        List<T> found = Events.OfType<T>().ToList();
        Events.RemoveAll(gossipEvent => gossipEvent is T);
        return found;
    }

    private List<GossipEvent> Carry()
    {
        var events = new List<GossipEvent>();
        foreach (Effect effect in _effects.Effects)
        {
            switch (effect.Kind)
            {
                case EffectKind.Send:
                    Assert.False(Closed.ContainsKey(effect.Connection), "Nothing is sent after a close.");
                    _sent.Add((effect.Connection, effect.Message));
                    break;
                case EffectKind.Dial: Dialled.Add(effect.Address); break;
                case EffectKind.Close: Closed.Add(effect.Connection, effect.Reason); break;
                case EffectKind.SetTimer: _timers.Set(effect.Timer, effect.Due); break;
                case EffectKind.CancelTimer: _timers.Cancel(effect.Timer); break;
                case EffectKind.Emit: events.Add((GossipEvent)effect.Event); break;
                default: Assert.Fail($"Gossip has no {effect.Kind}."); break;
            }
        }

        return events;
    }
}
