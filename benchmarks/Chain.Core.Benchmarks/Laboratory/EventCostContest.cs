using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>One gossip among ten thousand nodes for two minutes: machines on the simulator, digest on, against async without one.</summary>
internal static class EventCostContest
{
    private const int Nodes = 10_000;

    /// <summary>Numbers that reach everybody in that time.</summary>
    private const int Numbers = 11;

    /// <summary>Each connection carries a number twice, but for those by which it was heard first.</summary>
    public const int Events = Numbers * ((2 * 4 * Nodes) - Nodes);

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(118);

    public static Contest Prepare() => new(
        static () => RunMachines(),
        static () => RunAsync(),
        static () => Math.Abs(RunMachines() - RunAsync()) < Nodes / 100 ? null : $"{RunMachines()} messages of machines, {RunAsync()} of async");

    private static long RunMachines()
    {
        var network = new ToyNetwork(Nodes, threads: 1);
        network.Simulator.RunFor(Duration);
        return network.FindMistake(Duration) is { } mistake
            ? throw new InvalidOperationException(mistake)
            : network.Simulator.Traffic.MessagesOf(MessageKind.Ping);
    }

    private static long RunAsync()
    {
        var gossip = new AsyncGossip(Nodes);
        gossip.RunFor(Duration);
        return gossip.LeastHeard < Numbers
            ? throw new InvalidOperationException($"a node heard {gossip.LeastHeard} of {Numbers} numbers")
            : gossip.Delivered;
    }
}
