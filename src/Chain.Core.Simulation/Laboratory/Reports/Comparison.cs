namespace Chain.Core.Simulation.Laboratory;

/// <summary>The runs of a scenario, by engine.</summary>
public sealed class Comparison
{
    /// <summary>A comparison of these runs.</summary>
    public Comparison(Scenario scenario, IReadOnlyList<RunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(runs);
        Scenario = scenario;
        Runs = [.. runs.OrderBy(run => scenario.Engines.ToList().FindIndex(engine => engine.ToString() == run.Engine.ToString())).ThenBy(static run => run.Seed)];
        Engines = [.. Runs.GroupBy(static run => run.Engine.ToString()).Select(static group => new EngineRuns(group.Key, [.. group]))];
    }

    /// <summary>What was run.</summary>
    public Scenario Scenario { get; }

    /// <summary>All runs, by engine and seed.</summary>
    public IReadOnlyList<RunResult> Runs { get; }

    /// <summary>The runs of each engine, in the order of the scenario.</summary>
    public IReadOnlyList<EngineRuns> Engines { get; }

    /// <summary>What was run, in a line.</summary>
    public string Describe()
    {
        Scenario scenario = Scenario;
        string network = scenario.Network.Matrix ?? $"{Durations.Format(scenario.Network.Latency)} links";
        string size = scenario.Load.Size > 0 ? $" x {scenario.Load.Size} B" : "";
        string seeds = scenario.Seeds.Count == 1 ? $"seed {scenario.Seeds[0]}" : $"seeds {string.Join(",", scenario.Seeds.Take(6))}{(scenario.Seeds.Count > 6 ? ",…" : "")}";
        string faults = scenario.Faults.Count == 0 ? "0 faults" : string.Join(" and ", scenario.Faults.Select(Describe));
        faults += string.Concat(scenario.Adversaries.Select(static plan => plan.Kind switch
        {
            AdversaryKind.Eclipse => FormattableString.Invariant($", eclipse by {plan.Addresses} addresses"),
            AdversaryKind.DoubleSpender => FormattableString.Invariant($", double spender at {plan.Confirmations} confirmations"),
            AdversaryKind.Spammer => FormattableString.Invariant($", spam of {plan.Rate:0.##} tx/s"),
            _ => ", selfish miner",
        }));
        return FormattableString.Invariant(
            $"{scenario.Nodes} nodes ({scenario.ProducerCount()} make blocks), {faults}, {scenario.Load.Rate:0.##} tx/s{size}, {network}, {seeds}, {Durations.Format(scenario.Duration)} of load, simulated time");
    }

    private static string Describe(FaultPlan fault)
    {
        string what = fault.Kind switch
        {
            FaultKind.ClockAhead => $"clocks {Durations.Format(fault.By)} ahead",
            FaultKind.ClockBehind => $"clocks {Durations.Format(fault.By)} behind",
            _ => fault.Kind.ToString().ToLowerInvariant(),
        };
        return fault.Regions.Count > 0
            ? $"{what} of {string.Join(", ", fault.Regions)}"
            : FormattableString.Invariant($"{what} of {fault.Percent} %");
    }
}
