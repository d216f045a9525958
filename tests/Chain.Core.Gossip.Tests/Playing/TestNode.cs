using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Playing;

/// <summary>A node of <see cref="TestNetwork"/>: a machine and the fake chain above it.</summary>
internal sealed class TestNode(string name, PeerAddress address, GossipOptions options, ulong seed)
{
    private readonly DeterministicRandom _random = new(seed);

    public string Name { get; } = name;

    public PeerId Id { get; } = Chains.Peer(name);

    public PeerAddress Address { get; } = address;

    public FakeChain Chain { get; } = new();

    public TimerQueue Timers { get; } = new();

    public EffectList Effects { get; } = new();

    public int Ready { get; private set; }

    public List<GossipEvent.PeerMisbehaved> Misbehaved { get; } = [];

    public int Sent { get; set; }

    /// <summary>When the network looks at the timers next.</summary>
    public Instant? WakesAt { get; set; }

    public GossipMachine Machine => field ??= new GossipMachine(Id, options, Chain);

    public void Handle(GossipInput input, Instant now)
    {
        Effects.Clear();
        Machine.Handle(input, new StepContext(now, new UnixTime(0), _random), Effects);
    }

    public void Note(GossipEvent gossipEvent)
    {
        switch (gossipEvent)
        {
            case GossipEvent.PeerReady: Ready++; break;
            case GossipEvent.PeerGone: Ready--; break;
            case GossipEvent.PeerMisbehaved misbehaved: Misbehaved.Add(misbehaved); break;
            default: break;
        }
    }
}
