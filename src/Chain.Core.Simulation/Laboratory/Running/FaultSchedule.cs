using Chain.Core.Machines;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Makes the faults of a scenario happen at their times, to nodes that are drawn from the seed.</summary>
internal sealed class FaultSchedule
{
    private readonly Scenario _scenario;
    private readonly SimulatedChain _chain;
    private readonly IReadOnlyList<FaultPlan> _plans;
    private readonly DeterministicRandom _random;
    private readonly HashSet<int> _silent;
    private readonly AdversaryRoles _adversaries;
    private readonly Instant _begin;

    public FaultSchedule(Scenario scenario, SimulatedChain chain, IEnumerable<int> silent, AdversaryRoles adversaries, DeterministicRandom random)
    {
        IReadOnlyList<FaultPlan> plans = scenario.Faults;
        _scenario = scenario;
        _chain = chain;
        _plans = [.. plans.Where(static plan => plan.Kind != FaultKind.Silence)];
        _silent = [.. silent];
        _adversaries = adversaries;
        _random = random.Fork(2);
        _begin = chain.Simulator.Now;
        LastEnd = plans.Count == 0 ? null : plans.Max(static plan => plan.At + plan.For);
    }

    /// <summary>When the last of them ends, from the beginning of the load; null where there are none.</summary>
    public TimeSpan? LastEnd { get; }

    public bool AreOver => LastEnd is not { } end || _chain.Simulator.Now >= _begin + end;

    /// <summary>The nodes that follow the protocol, and so must follow the chain to its end.</summary>
    public IReadOnlyList<SimulatedNode> Honest => [.. _chain.Nodes.Where(node => !_silent.Contains(node.Index) && !_adversaries.IsAdversary(node.Index))];

    /// <summary>Told of a node that is back from its disk.</summary>
    public Action<SimulatedNode> Restarted { get; init; } = static _ => { };

    public void Schedule()
    {
        foreach (FaultPlan plan in _plans)
        {
            SimulatedNode[] struck = Draw(plan);
            switch (plan.Kind)
            {
                case FaultKind.Partition:
                    At(plan.At, () => _chain.Simulator.Partition(struck));
                    At(plan.At + plan.For, _chain.Simulator.Heal);
                    break;
                case FaultKind.Crash:
                    At(plan.At, () => Array.ForEach(struck, _chain.Simulator.Crash));
                    At(plan.At + plan.For, () => Array.ForEach(struck, Restart));
                    break;
                case FaultKind.Churn:
                    ScheduleChurn(plan, struck);
                    break;
                case FaultKind.ClockAhead:
                    ScheduleSkew(plan, struck, plan.By);
                    break;
                case FaultKind.ClockBehind:
                    ScheduleSkew(plan, struck, -plan.By);
                    break;
            }
        }
    }

    /// <summary>Each struck node is down for its part of the time, when the one before it is back.</summary>
    private void ScheduleChurn(FaultPlan plan, SimulatedNode[] struck)
    {
        TimeSpan turn = plan.For / int.Max(1, struck.Length);
        for (int i = 0; i < struck.Length; i++)
        {
            SimulatedNode node = struck[i];
            At(plan.At + (turn * i), () => _chain.Simulator.Crash(node));
            At(plan.At + (turn * (i + 1)), () => Restart(node));
        }
    }

    private void ScheduleSkew(FaultPlan plan, SimulatedNode[] struck, TimeSpan skew)
    {
        At(plan.At, () => Array.ForEach(struck, node => node.ClockSkew = skew));
        At(plan.At + plan.For, () => Array.ForEach(struck, static node => node.ClockSkew = TimeSpan.Zero));
    }

    private void Restart(SimulatedNode node)
    {
        _chain.Simulator.Restart(node);
        Restarted(node);
    }

    private void At(TimeSpan time, Action action) => _chain.Simulator.At(time, action);

    private SimulatedNode[] Draw(FaultPlan plan)
    {
        // Neither an adversary nor its victim: what becomes of that one is the adversary's doing.
        SimulatedNode[] nodes = [.. _chain.Nodes.Where(node => !_adversaries.IsAdversary(node.Index) && node.Index != _adversaries.Victim)];
        if (plan.Regions.Count > 0)
        {
            HashSet<int> inRegions = [.. Placement.NodesIn(_scenario, plan.Regions)];
            return [.. nodes.Where(node => inRegions.Contains(node.Index))];
        }

        _random.Shuffle<SimulatedNode>(nodes);
        return nodes[..int.Max(1, nodes.Length * plan.Percent / 100)];
    }
}
