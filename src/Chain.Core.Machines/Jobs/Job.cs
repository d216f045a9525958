namespace Chain.Core.Machines;

/// <summary>
/// A pure computation that a machine offloads: the same job over the same snapshot gives the same result. It runs
/// on any thread and must be short (tens of milliseconds); long work is cut into slices.
/// </summary>
public abstract class Job
{
    /// <summary>How many signatures the job verifies; hosts that model what a processor takes charge for them.</summary>
    public virtual int SignatureChecks => 0;

    /// <summary>Computes the result.</summary>
    public abstract JobResult Run(IKeyValueReader snapshot);
}
