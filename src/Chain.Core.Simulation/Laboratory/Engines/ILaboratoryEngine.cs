namespace Chain.Core.Simulation.Laboratory;

/// <summary>
/// An engine that the laboratory can run. An assembly with a public class that implements it and has a constructor without
/// parameters is all that an engine from outside needs.
/// </summary>
public interface ILaboratoryEngine
{
    /// <summary>By which scenarios choose it: <c>pow</c>, <c>pos</c>.</summary>
    string Name { get; }

    /// <summary>What it is, in a sentence.</summary>
    string Description { get; }

    /// <summary>The names of its options, each with what it means and its default.</summary>
    IReadOnlyList<EngineOption> Options { get; }

    /// <summary>Makes the engine of a chain. The same request gives the same chain.</summary>
    /// <exception cref="FormatException">An option does not read; the message names it.</exception>
    EngineSetup Set(EngineRequest request);
}
