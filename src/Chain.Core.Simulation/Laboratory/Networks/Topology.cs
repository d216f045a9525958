using Chain.Core.Machines;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Which earlier nodes each node dials, drawn from a seed.</summary>
internal sealed class Topology
{
    private const int MeshNodes = 32;
    private const int MaxHubs = 8;
    private const int LocalPercent = 75;

    private readonly NetworkPlan _plan;
    private readonly int[] _regions;
    private readonly DeterministicRandom _random;
    private readonly List<int> _ends = []; // each node as often as it has connections

    public Topology(NetworkPlan plan, int nodes, int[] regions, DeterministicRandom random)
    {
        _plan = plan;
        _regions = regions;
        _random = random;
        Rule = RuleFor(plan, nodes);
        Dials = [.. Enumerable.Range(0, nodes).Select(Choose)];
    }

    public TopologyRule Rule { get; }

    /// <summary>The earlier nodes that each node dials at first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Dials { get; }

    /// <summary>The rule that a plan comes to.</summary>
    public static TopologyRule RuleFor(NetworkPlan plan, int nodes) =>
        plan.Topology != TopologyRule.Automatic ? plan.Topology
        : nodes <= MeshNodes ? TopologyRule.Mesh
        : TopologyRule.Gossip;

    /// <summary>How many connections a node holds by dialling: what it was given, or more that it finds itself.</summary>
    public int OutboundSlots(int node) => Rule switch
    {
        TopologyRule.Gossip => _plan.Degree,
        _ => Dials[node].Count,
    };

    private IReadOnlyList<int> Choose(int node)
    {
        SortedSet<int> chosen = Rule switch
        {
            TopologyRule.Mesh => [.. Enumerable.Range(0, node)],
            TopologyRule.HubAndSpoke => node < MaxHubs ? [.. Enumerable.Range(0, node)] : [_random.NextIndex(MaxHubs)],
            TopologyRule.ScaleFree => Some(node, () => _ends.Count == 0 ? 0 : _ends[_random.NextIndex(_ends.Count)]),
            TopologyRule.Regional => Some(node, () => Neighbour(node)),
            TopologyRule.Random => Some(node, () => _random.NextIndex(node)),
            _ => Some(node, () => _random.NextIndex(node)),
        };
        foreach (int other in chosen)
        {
            _ends.Add(other);
            _ends.Add(node);
        }

        return [.. chosen];
    }

    private SortedSet<int> Some(int node, Func<int> draw)
    {
        var chosen = new SortedSet<int>();
        int count = int.Min(node, _plan.Degree);
        if (node <= _plan.Degree)
        {
            return [.. Enumerable.Range(0, node)];
        }

        while (chosen.Count < count)
        {
            chosen.Add(draw());
        }

        return chosen;
    }

    private int Neighbour(int node)
    {
        int other = _random.NextIndex(node);
        if (_random.NextIndex(100) < LocalPercent)
        {
            for (int i = 0; i < node && _regions[other] != _regions[node]; i++)
            {
                other = (other + 1) % node;
            }
        }

        return other;
    }
}
