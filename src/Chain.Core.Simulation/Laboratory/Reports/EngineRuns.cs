namespace Chain.Core.Simulation.Laboratory;

/// <summary>The runs of one engine under several seeds.</summary>
/// <param name="Name">The engine with its options.</param>
/// <param name="Runs">The runs, by seed.</param>
public sealed record EngineRuns(string Name, IReadOnlyList<RunResult> Runs)
{
    /// <summary>A figure over the seeds; null where no run has it.</summary>
    public Estimate? Of(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Estimate.Of(Runs.Select(run => figure.Of(run.Measures)).Where(static value => value is not null).Select(static value => value!.Value));
    }

    /// <summary>Whether some runs lack a figure that others have: their value is beyond what was measured.</summary>
    public bool IsPartlyMissing(Figure figure) => Runs.Any(run => figure.Of(run.Measures) is null);

    /// <summary>One hash over the digests of all runs, short enough to compare by eye.</summary>
    public string ShortDigest() => Runs.Count == 1
        ? Runs[0].Digest[..8]
        : Crypto.Sha256.Hash(System.Text.Encoding.ASCII.GetBytes(string.Join(",", Runs.Select(static run => run.Digest)))).ToString()[..8];

    /// <summary>Samples of all runs together, ascending.</summary>
    public IReadOnlyList<double> Pool(Func<RunMeasures, IReadOnlyList<double>> samples) => [.. Runs.SelectMany(run => samples(run.Measures)).Order()];
}
