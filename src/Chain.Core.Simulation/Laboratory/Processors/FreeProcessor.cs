using Chain.Core.Machines;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Computation takes no time, but for what the engine says of its own jobs.</summary>
/// <param name="engine">The engine.</param>
public sealed class FreeProcessor(EngineSetup engine) : IProcessorModel
{
    /// <inheritdoc/>
    public int JobThreads => 1;

    /// <inheritdoc/>
    public TimeSpan StepDuration(SimulatedNode node, HostInput input) => TimeSpan.Zero;

    /// <inheritdoc/>
    public JobCharge JobDuration(SimulatedNode node, Job job, JobResult result) =>
        engine.JobCharge((node ?? throw new ArgumentNullException(nameof(node))).Index, job, result) ?? new JobCharge(TimeSpan.Zero, OccupiesThread: false);
}
