using Chain.Core.Machines;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Computation takes no time, but for what the engine says of its own jobs.</summary>
internal sealed class FreeProcessor(EngineSetup engine) : IProcessorModel
{
    public int JobThreads => 1;

    public TimeSpan StepDuration(SimulatedNode node, HostInput input) => TimeSpan.Zero;

    public JobCharge JobDuration(SimulatedNode node, Job job, JobResult result) =>
        engine.JobCharge(node.Index, job, result) ?? new JobCharge(TimeSpan.Zero, OccupiesThread: false);
}
