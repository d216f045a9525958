using Chain.Core.Gossip;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Which nodes of a run are adversaries, whom they attack, and what is put around their machines.</summary>
internal sealed class AdversaryRoles
{
    /// <summary>By how many blocks a double spender may be behind before it gives up.</summary>
    public const int SpenderPatience = 15;

    private static readonly TimeSpan Redial = TimeSpan.FromMilliseconds(200);

    private readonly Scenario _scenario;
    private readonly int _addresses;
    private readonly AdversaryPlan? _miner;

    public AdversaryRoles(Scenario scenario)
    {
        _scenario = scenario;
        _miner = scenario.Adversaries.FirstOrDefault(static plan => plan.Kind is AdversaryKind.SelfishMiner or AdversaryKind.DoubleSpender);
        Spam = scenario.Adversaries.FirstOrDefault(static plan => plan.Kind == AdversaryKind.Spammer) is { } spammer ? new LoadPlan { Rate = spammer.Rate } : null;
        _addresses = scenario.Adversaries.FirstOrDefault(static plan => plan.Kind == AdversaryKind.Eclipse)?.Addresses ?? 0;
    }

    /// <summary>The nodes that are no mere addresses of an attacker, which are the first ones.</summary>
    public int NodeCount => _scenario.Nodes - _addresses;

    /// <summary>The node that mines selfishly, or to spend twice; null where none does.</summary>
    public int? Miner => _miner is null ? null : 0;

    /// <summary>What a spammer hands in; null where there is none.</summary>
    public LoadPlan? Spam { get; }

    /// <summary>The one that spends twice; null where none does.</summary>
    public DoubleSpender? Spender { get; private set; }

    /// <summary>The node that is to be eclipsed; null where none is.</summary>
    public int? Victim => _addresses > 0 ? _scenario.ProducerCount() - 1 : null;

    /// <summary>The first node that dials the victim; those before it wait to be dialled.</summary>
    private int FirstCaller => _scenario.Nodes - (_addresses / 2);

    public bool IsAdversary(int node) => node == Miner || node >= NodeCount;

    /// <summary>Whom a node dials at first.</summary>
    public IReadOnlyList<int> Dials(int node, IReadOnlyList<int> honest) =>
        node >= FirstCaller && Victim is { } victim ? [victim]
        : node >= NodeCount ? []
        : _miner is not null && node > 0 && !honest.Contains(0) ? [0, .. honest]
        : honest;

    /// <summary>The slots of a node that would have these.</summary>
    public PeerOptions Slots(int node, PeerOptions honest, int moreDials) =>
        node >= NodeCount ? honest with { OutboundSlots = node >= FirstCaller ? 1 : 0, RedialBase = Redial, RedialMax = Redial }
        : node == Victim ? honest with { InboundSlots = new PeerOptions().InboundSlots }
        : honest with { OutboundSlots = honest.OutboundSlots + moreDials };

    /// <summary>The machine of a node, with its adversary around it.</summary>
    public IMachine<HostInput> Around(SimulatedChain chain, SimulatedNode self, FullNode node) =>
        self.Index == Miner ? MinerAround(node)
        : self.Index >= NodeCount ? new EclipsePeer(node, chain.Nodes[Victim!.Value].Peer, () => Planted(chain))
        : node;

    private WithholdingMiner MinerAround(FullNode node)
    {
        if (_miner!.Kind == AdversaryKind.SelfishMiner)
        {
            return new SelfishMiner(node);
        }

        Spender = new DoubleSpender(node, _miner.Confirmations, SpenderPatience);
        return Spender;
    }

    private PeerAddress[] Planted(SimulatedChain chain) =>
        [.. Enumerable.Range(NodeCount, FirstCaller - NodeCount).Take(WireLimits.Addresses).Select(index => chain.Nodes[index].Address)];
}
