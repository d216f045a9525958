namespace Chain.Core.Simulation.Laboratory;

/// <summary>An engine by its name, with options of its own.</summary>
/// <param name="Name">The name of an <see cref="ILaboratoryEngine"/>.</param>
public sealed record EngineChoice(string Name)
{
    /// <summary>Options that the engine knows, by name; it says which: <see cref="ILaboratoryEngine.Options"/>.</summary>
    /// <value>None by default.</value>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The name and the options, for people.</summary>
    public override string ToString() => Options.Count == 0
        ? Name
        : $"{Name}({string.Join(", ", Options.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(static each => $"{each.Key}={each.Value}"))})";
}
