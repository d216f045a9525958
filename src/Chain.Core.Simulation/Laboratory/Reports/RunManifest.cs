namespace Chain.Core.Simulation.Laboratory;

/// <summary>What it takes to make a comparison again, and to tell whether it comes out the same.</summary>
public sealed record RunManifest
{
    /// <summary>The version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The scenario, whole.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The version of the laboratory.</summary>
    public required string Version { get; init; }

    /// <summary>Assemblies that engines from outside came from.</summary>
    public IReadOnlyList<string> EngineAssemblies { get; init; } = [];

    /// <summary>The machine: system, processor, cores, runtime.</summary>
    public required string Machine { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required string Made { get; init; }

    /// <summary>Each run.</summary>
    public required IReadOnlyList<ManifestRun> Runs { get; init; }
}
