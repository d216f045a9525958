namespace Chain.Core.Simulation.Laboratory;

/// <summary>A figure that every run has, whatever its engine.</summary>
/// <param name="Key">Its name in files.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Unit">Its unit; empty for a number of things.</param>
/// <param name="Better">Which way is better: 1 for more, −1 for less, 0 for neither.</param>
/// <param name="Of">The figure of a run; null where it has none.</param>
public sealed record Figure(string Key, string Title, string Unit, int Better, Func<RunMeasures, double?> Of);
