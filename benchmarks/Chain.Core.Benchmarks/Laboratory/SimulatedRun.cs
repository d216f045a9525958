namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>What one simulation took.</summary>
/// <param name="Seconds">Wall clock.</param>
/// <param name="PeakMegabytes">The most memory that the process had until then.</param>
/// <param name="Mistake">What is wrong with what was simulated; null where nothing is.</param>
internal sealed record SimulatedRun(double Seconds, double PeakMegabytes, string? Mistake);
