using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>
/// The figures of the laboratory. All are slow, and so measured only when they are named; the hours are run once, on as many
/// threads as there are cores, and their memory is that of the process: name one of them alone.
/// </summary>
internal static class LaboratoryRatios
{
    public static IReadOnlyList<RatioCase> All { get; } =
    [
        Allowed("sim-10000x1h", "seconds", SimulatedHours.TenThousandNodes, 200, static run => run.Seconds),
        Allowed("sim-10000x1h-memory", "MB", SimulatedHours.TenThousandNodes, 2000, static run => run.PeakMegabytes),
        Allowed("sim-1000x1h", "seconds", SimulatedHours.ThousandNodes, 10, static run => run.Seconds),
        Allowed("sim-100x24h", "seconds", SimulatedHours.HundredNodesForADay, 10, static run => run.Seconds),
        Allowed("sim-toy-10000x1h", "seconds", SimulatedHours.ToyGossip, 60, static run => run.Seconds),
        new()
        {
            Name = "sim-event-cost",
            Peer = "the same gossip written with async on a virtual scheduler",
            Unit = "events",
            UnitsPerCall = EventCostContest.Events,
            Target = RatioTarget.AtMost(1.0 / 3),
            IsSlow = true,
            Prepare = EventCostContest.Prepare,
        },
        new()
        {
            Name = "sim-shards-2",
            Peer = "one thread",
            Unit = "simulations",
            UnitsPerCall = 1,
            Target = RatioTarget.AtLeast(1.4),
            IsSlow = true,
            OneCore = false,
            Prepare = SimulatedHours.PrepareShards,
        },
    ];

    private static RatioCase Allowed(string name, string unit, Lazy<SimulatedRun> run, double allowed, Func<SimulatedRun, double> figure) => new()
    {
        Name = name,
        Peer = $"{allowed:0} {unit} allowed",
        Unit = unit,
        UnitsPerCall = 1,
        Target = RatioTarget.AtMost(1),
        IsSlow = true,
        Prepare = () => Contest.OfSizes(figure(run.Value), allowed, () => run.Value.Mistake),
    };
}
