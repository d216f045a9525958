using System.Diagnostics;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>
/// Hours of full nodes with proof of work: blocks every ten seconds by twenty miners, no transactions, links of 50 to 55 ms,
/// eight connections opened by each node, messages by reference, digest on.
/// </summary>
internal static class SimulatedHours
{
    private const int Miners = 20;

    public static Lazy<SimulatedRun> TenThousandNodes { get; } = new(static () => Run(10_000, TimeSpan.FromHours(1)));

    public static Lazy<SimulatedRun> ThousandNodes { get; } = new(static () => Run(1_000, TimeSpan.FromHours(1)));

    public static Lazy<SimulatedRun> HundredNodesForADay { get; } = new(static () => Run(100, TimeSpan.FromHours(24)));

    public static Lazy<SimulatedRun> ToyGossip { get; } = new(static () =>
    {
        var gossip = new ToyNetwork(10_000, Environment.ProcessorCount);
        long started = Stopwatch.GetTimestamp();
        gossip.Simulator.RunFor(TimeSpan.FromHours(1));
        return Measured(started, gossip.FindMistake(TimeSpan.FromHours(1)));
    });

    /// <summary>Two thousand nodes for two minutes on two threads, against one.</summary>
    public static Contest PrepareShards() => new(
        static () => Simulate(2_000, TimeSpan.FromMinutes(2), threads: 2),
        static () => Simulate(2_000, TimeSpan.FromMinutes(2), threads: 1),
        static () => Simulate(2_000, TimeSpan.FromMinutes(2), threads: 2).Digest == Simulate(2_000, TimeSpan.FromMinutes(2), threads: 1).Digest
            ? null
            : "the digests differ");

    private static SimulatedRun Run(int nodes, TimeSpan duration)
    {
        long started = Stopwatch.GetTimestamp();
        RunResult result = Simulate(nodes, duration, Environment.ProcessorCount);
        return Measured(started, FindMistake(result, duration));
    }

    private static SimulatedRun Measured(long started, string? mistake)
    {
        using Process self = Process.GetCurrentProcess();
        return new SimulatedRun(Stopwatch.GetElapsedTime(started).TotalSeconds, self.PeakWorkingSet64 / 1e6, mistake);
    }

    private static RunResult Simulate(int nodes, TimeSpan duration, int threads)
    {
        var scenario = new Scenario
        {
            Engines = [new EngineChoice("pow")],
            Nodes = nodes,
            Producers = Miners,
            Load = new LoadPlan { Rate = 0 },
            Duration = duration,
            Drain = TimeSpan.Zero,
            Seeds = [1],
            EncodesMessages = false,
        };
        return ScenarioRun.Run(scenario, scenario.Engines[0], new ProofOfWorkEngineEntry(), seed: 1, threads: threads);
    }

    private static string? FindMistake(RunResult result, TimeSpan duration)
    {
        double expected = duration / TimeSpan.FromSeconds(10);
        int blocks = result.Measures.Blocks.Count;
        return result.DescribeFault()
            ?? (blocks > expected * 0.7 && blocks < expected * 1.4 ? null : $"{blocks} blocks were made, about {expected:0} were expected");
    }
}
