using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>What the processor of a simulated node takes. A step keeps the whole node busy; a job keeps one thread busy.</summary>
public interface IProcessorModel
{
    /// <summary>How many threads a node has for jobs; at least 1.</summary>
    int JobThreads { get; }

    /// <summary>How long a node is busy with an input before its effects begin.</summary>
    TimeSpan StepDuration(SimulatedNode node, HostInput input);

    /// <summary>How long a job takes a node that has come to this result.</summary>
    JobCharge JobDuration(SimulatedNode node, Job job, JobResult result);
}
