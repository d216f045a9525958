namespace Chain.Core.Simulation.Laboratory;

/// <summary>How far a run is.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Part">The part of its simulated time that is over, 0 to 1.</param>
/// <param name="Events">Events so far.</param>
public sealed record RunProgress(Scenario Scenario, EngineChoice Engine, ulong Seed, double Part, long Events);
