namespace Chain.Core.Machines;

/// <summary>
/// A pure computation that a machine offloads: the same job over the same snapshot gives the same result. It runs
/// on any thread and must be short (tens of milliseconds); long work is cut into slices.
/// </summary>
public abstract class Job
{
    /// <summary>How many signatures the job verifies; hosts that model what a processor takes charge for them.</summary>
    public virtual int SignatureChecks => 0;

    /// <summary>
    /// All that the result depends on beside what is read: of two jobs with equal keys that read the same values, a host of
    /// many nodes may run one and give its result, which nobody changes, to both. Null where a job is always run.
    /// </summary>
    public virtual object? SharingKey => null;

    /// <summary>Computes the result.</summary>
    public abstract JobResult Run(IKeyValueReader snapshot);

    /// <summary>
    /// Computes the same result where that takes hardly longer than to hand the job to another thread and back, a few tenths of a
    /// millisecond: a host asks for it on the thread of its machine. Null where it takes longer, or would; the job is run elsewhere then.
    /// </summary>
    public virtual JobResult? TryRunBriefly(IKeyValueReader snapshot) => null;
}
