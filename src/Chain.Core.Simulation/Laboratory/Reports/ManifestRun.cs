namespace Chain.Core.Simulation.Laboratory;

/// <summary>One run in a <see cref="RunManifest"/>.</summary>
public sealed record ManifestRun
{
    /// <summary>The engine.</summary>
    public required EngineChoice Engine { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The digest of the whole run.</summary>
    public required string Digest { get; init; }

    /// <summary>How many events were simulated.</summary>
    public required long Events { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double TookSeconds { get; init; }

    /// <summary>The digests on the way.</summary>
    public required IReadOnlyList<Checkpoint> Checkpoints { get; init; }

    /// <summary>The figures by their keys: <see cref="FigureCatalog"/>; what could not be measured is missing.</summary>
    public required IReadOnlyDictionary<string, double> Figures { get; init; }
}
