namespace Chain.Core.Simulation.Laboratory;

/// <summary>The state of a run at a time.</summary>
/// <param name="At">The simulated time.</param>
/// <param name="Digest">The hash over all that happened to all nodes until then.</param>
public sealed record Checkpoint(TimeSpan At, string Digest);
