using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>The nodes whose engines say nothing for a while, drawn from a seed among those that make blocks.</summary>
internal sealed class SilentNodes
{
    private readonly SortedDictionary<int, SilentAdversary> _silent = [];

    public SilentNodes(Scenario scenario, DeterministicRandom random)
    {
        int[] producers = [.. Enumerable.Range(0, scenario.ProducerCount())];
        foreach (FaultPlan plan in scenario.Faults.Where(static plan => plan.Kind == FaultKind.Silence))
        {
            random.Shuffle<int>(producers);
            Instant from = Instant.Zero + scenario.Warmup + plan.At;
            IEnumerable<int> struck = plan.Regions.Count > 0
                ? Placement.NodesIn(scenario, plan.Regions).Where(node => node < producers.Length)
                : producers[..(producers.Length * plan.Percent / 100)];
            foreach (int node in struck)
            {
                _silent[node] = new SilentAdversary(from, from + plan.For);
            }
        }
    }

    public IEnumerable<int> Nodes => _silent.Keys;

    /// <summary>The plug-in of a node, silenced where it is one of them.</summary>
    public IConsensusPlugin Around(int node, IConsensusPlugin plugin) =>
        _silent.TryGetValue(node, out SilentAdversary? adversary) ? new AdversarialConsensus(plugin, adversary) : plugin;
}
