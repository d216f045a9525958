namespace Chain.Core.Simulation.Laboratory;

/// <summary>An option that an engine of the laboratory takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">What holds where it is not given.</param>
/// <param name="Meaning">What it means, with its unit.</param>
public sealed record EngineOption(string Name, string Default, string Meaning);
