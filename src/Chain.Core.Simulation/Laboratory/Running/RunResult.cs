namespace Chain.Core.Simulation.Laboratory;

/// <summary>One run: an engine under a seed.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Digest">The hash over all that happened to all nodes, in hexadecimal digits.</param>
/// <param name="Checkpoints">The digest at times of the run, so that another run can be told where it parts.</param>
/// <param name="Events">How many events were simulated.</param>
/// <param name="Simulated">How long the run was.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Measures">What was measured.</param>
/// <param name="Notes">What was simulated instead of done.</param>
public sealed record RunResult(
    EngineChoice Engine,
    ulong Seed,
    string Digest,
    IReadOnlyList<Checkpoint> Checkpoints,
    long Events,
    TimeSpan Simulated,
    TimeSpan Took,
    RunMeasures Measures,
    IReadOnlyList<string> Notes)
{
    /// <summary>What went wrong, in one line that names the run: safety before liveness; null where both were kept.</summary>
    public string? DescribeFault()
    {
        string? fault = Measures.SafetyFault is { } broken ? $"safety: {broken}"
            : Measures.LivenessFault is { } stuck ? $"liveness: {stuck}"
            : null;
        return fault is null ? null : FormattableString.Invariant($"{Engine}, seed {Seed}: {fault}");
    }
}
