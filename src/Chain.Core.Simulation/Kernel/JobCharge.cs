namespace Chain.Core.Simulation;

/// <summary>What a job costs a simulated node.</summary>
/// <param name="Duration">How long it takes; not negative.</param>
/// <param name="OccupiesThread">Whether one of the node's threads for jobs is busy with it; false for what other hardware does.</param>
public readonly record struct JobCharge(TimeSpan Duration, bool OccupiesThread = true);
