using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Laboratory;

/// <summary>What a processor takes is charged in virtual time: steps keep the node busy, jobs keep threads busy.</summary>
public class ProcessorTests
{
    [Fact]
    public void Jobs_MoreThanThreads_WaitForOneAnother()
    {
        List<TimeSpan> done = RunJobs(jobs: 5, new Processor(threads: 2, step: TimeSpan.Zero));

        Assert.Equal([10.0, 10, 20, 20, 30], done.Select(static each => each.TotalMilliseconds));
    }

    [Fact]
    public void Jobs_WithoutAModel_NeverWait()
    {
        List<TimeSpan> done = RunJobs(jobs: 5, processor: null);

        Assert.All(done, static each => Assert.Equal(TimeSpan.FromMilliseconds(1), each));
    }

    [Fact]
    public void Step_ThatTakesTime_DelaysItsEffects()
    {
        List<TimeSpan> done = RunJobs(jobs: 1, new Processor(threads: 1, step: TimeSpan.FromMilliseconds(3)));

        Assert.Equal(TimeSpan.FromMilliseconds(13), Assert.Single(done));
    }

    /// <summary>A node that offloads some jobs at once at its start; when each result came.</summary>
    private static List<TimeSpan> RunJobs(int jobs, Processor? processor)
    {
        var simulator = new Simulator(new SimulatorOptions { Processor = processor });
        var machine = new Offloader(jobs);
        simulator.AddNode("one", _ => machine);
        simulator.RunFor(TimeSpan.FromSeconds(1));
        return machine.Done;
    }

    private sealed class Processor(int threads, TimeSpan step) : IProcessorModel
    {
        public int JobThreads => threads;

        public TimeSpan StepDuration(SimulatedNode node, HostInput input) => input is HostInput.Started ? step : TimeSpan.Zero;

        public JobCharge JobDuration(SimulatedNode node, Job job, JobResult result) => new(TimeSpan.FromMilliseconds(10));
    }

    private sealed class Offloader(int jobs) : IMachine<HostInput>
    {
        public List<TimeSpan> Done { get; } = [];

        public void Handle(in HostInput input, in StepContext context, IEffects effects)
        {
            switch (input)
            {
                case HostInput.Started:
                    for (int i = 0; i < jobs; i++)
                    {
                        effects.Offload(new JobId((ulong)i), new Nothing());
                    }

                    break;
                case HostInput.JobFinished:
                    Done.Add(context.Now - Instant.Zero);
                    break;
            }
        }
    }

    private sealed class Nothing : Job
    {
        public override JobResult Run(IKeyValueReader snapshot) => new Result();
    }

    private sealed record Result : JobResult;
}
