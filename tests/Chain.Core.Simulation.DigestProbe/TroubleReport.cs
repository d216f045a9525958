namespace Chain.Core.Simulation.DigestProbe;

/// <summary>What happened in a run of <see cref="TroubleScenario"/>.</summary>
public sealed record TroubleReport(ulong Seed, long Events, int DeepestReorganisation, int CheckedRestarts, int ExecutedBlocks);
