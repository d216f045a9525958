using Chain.Core.Gossip;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Whether a scenario can be run.</summary>
public static class ScenarioCheck
{
    private const int MaxNodes = 20_000;
    private const int MaxSeeds = 10_000;
    private const int MaxAddresses = 512;
    private const int MaxConfirmations = 1_000;

    private static readonly TimeSpan MaxSkew = TimeSpan.FromDays(365);

    /// <summary>What is wrong with a scenario, with the place of it; null where nothing is.</summary>
    public static string? FindProblem(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return Rules(scenario).FirstOrDefault(static rule => !rule.Holds).Expectation;
    }

    private static IEnumerable<(bool Holds, string Expectation)> Rules(Scenario scenario) =>
    [
        (scenario.Engines.Count is >= 1 and <= 64, "engines: expected 1 to 64 engines"),
        (scenario.Nodes is >= 1 and <= MaxNodes, $"nodes: expected 1 to {MaxNodes}"),
        (scenario.Producers >= 0 && scenario.Producers <= scenario.Nodes, "producers: expected 0 to the number of nodes"),
        (scenario.Warmup >= TimeSpan.Zero, "warmup: expected no negative duration"),
        (scenario.Duration > TimeSpan.Zero, "duration: expected a positive duration"),
        (scenario.Drain >= TimeSpan.Zero, "drain: expected no negative duration"),
        (scenario.Seeds.Count is >= 1 and <= MaxSeeds, $"seeds: expected 1 to {MaxSeeds} seeds"),
        .. Rules(scenario.Power),
        .. Rules(scenario.Network),
        .. Rules(scenario.Load),
        .. scenario.Faults.SelectMany(fault => Rules(fault, scenario)),
        (scenario.Adversaries.DistinctBy(static plan => plan.Kind).Count() == scenario.Adversaries.Count, "adversaries: expected each kind once at most"),
        (scenario.Adversaries.Count(static plan => plan.Kind is AdversaryKind.SelfishMiner or AdversaryKind.DoubleSpender) <= 1, "adversaries: expected one miner at most"),
        (scenario.Adversaries.All(static plan => plan.Rate is > 0 and <= 100_000), "adversaries.rate: expected more than 0, and at most 100000"),
        (scenario.Adversaries.All(static plan => plan.Confirmations is >= 1 and <= MaxConfirmations), $"adversaries.confirmations: expected 1 to {MaxConfirmations}"),
        .. scenario.Adversaries.Where(static plan => plan.Kind == AdversaryKind.Eclipse).SelectMany(plan => Rules(plan, scenario)),
    ];

    private static IEnumerable<(bool, string)> Rules(PowerPlan power) =>
    [
        (power.Rule != PowerRule.Listed || power.Shares.Count > 0, "power.shares: expected at least one share"),
        (power.Shares.All(static share => share > 0 && double.IsFinite(share)), "power.shares: expected positive shares"),
    ];

    private static IEnumerable<(bool, string)> Rules(NetworkPlan network) =>
    [
        (network.Matrix is null || PublishedLatencies.Find(network.Matrix) is not null, $"network.matrix: expected one of {string.Join(", ", PublishedLatencies.All.Select(static each => each.Name))}"),
        (network.Regions.All(region => network.Matrix is { } name && PublishedLatencies.Find(name)?.Regions.Contains(region) == true), "network.regions: expected regions of the matrix"),
        (network.RegionShares.Count == 0 || network.RegionShares.Count == RegionCount(network), "network.regionShares: expected none, or one for each region"),
        (network.RegionShares.All(static share => share >= 0 && double.IsFinite(share)) && (network.RegionShares.Count == 0 || network.RegionShares.Sum() > 0), "network.regionShares: expected shares that are not negative, nor all zero"),
        (network.Latency >= TimeSpan.Zero && network.Jitter >= TimeSpan.Zero, "network.latency and network.jitter: expected no negative durations"),
        (network.LossPerMillion is >= 0 and <= 1_000_000, "network.lossPerMillion: expected 0 to 1000000"),
        (network.UplinkBitsPerSecond is 0 or >= 8_000, "network.uplinkBitsPerSecond: expected 0 for no limit, or at least 8000"),
        (network.DownlinkBitsPerSecond is 0 or >= 8_000, "network.downlinkBitsPerSecond: expected 0 for no limit, or at least 8000"),
        (network.Degree is >= 1 and <= 1_000, "network.degree: expected 1 to 1000"),
        (Enum.IsDefined(network.Relay), $"network.relay: expected one of {string.Join(", ", Enum.GetNames<BlockRelay>())}"),
    ];

    private static int RegionCount(NetworkPlan network) =>
        network.Regions.Count > 0 ? network.Regions.Count
        : network.Matrix is { } name ? PublishedLatencies.Find(name)?.Count ?? 0
        : 0;

    private static IEnumerable<(bool, string)> Rules(LoadPlan load) =>
    [
        (load.Rate is >= 0 and <= 100_000, "load.rate: expected 0 to 100000"),
        (load.Size is >= 0 and <= 49_000, "load.size: expected 0 to 49000"),
        (load.Fee is >= 1 and <= 1_000, "load.fee: expected 1 to 1000"),
        (load.Accounts is >= 0 and <= 60_000, "load.accounts: expected 0 to 60000"),
        (load.HotPercent is >= 0 and <= 100, "load.hotPercent: expected 0 to 100"),
    ];

    private static IEnumerable<(bool, string)> Rules(FaultPlan fault, Scenario scenario) =>
    [
        (fault.At >= TimeSpan.Zero && fault.For > TimeSpan.Zero, "faults: expected a time that is not negative and a positive duration"),
        (fault.At + fault.For <= scenario.Duration + scenario.Drain, "faults: expected an end within duration and drain"),
        (fault.Percent is >= 1 and <= 100, "faults.percent: expected 1 to 100"),
        (fault.By > TimeSpan.Zero && fault.By <= MaxSkew, "faults.by: expected a positive duration of at most a year"),
        (fault.Regions.Count == 0 || (scenario.Network.Matrix is { } name && PublishedLatencies.Find(name) is { } matrix && fault.Regions.All(matrix.Regions.Contains)), "faults.regions: expected regions of network.matrix"),
    ];

    private static IEnumerable<(bool, string)> Rules(AdversaryPlan eclipse, Scenario scenario) =>
    [
        (eclipse.Addresses is >= 2 and <= MaxAddresses, $"adversaries.addresses: expected 2 to {MaxAddresses}"),
        (scenario.Nodes - eclipse.Addresses >= scenario.ProducerCount(), "adversaries.addresses: expected at most as many as there are nodes that make no blocks (see producers)"),
        (scenario.ProducerCount() >= 2, "producers: expected at least 2, the last of which is eclipsed"),
    ];
}
