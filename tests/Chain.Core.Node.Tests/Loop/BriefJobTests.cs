using Chain.Core.Machines;

namespace Chain.Core.Node.Tests.Loop;

/// <summary>Where a loop runs jobs.</summary>
public sealed class BriefJobTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Offload_Job_RunsOnTheLoopsThreadWhereItIsBrief(bool isBrief)
    {
        using var done = new ManualResetEvent(initialState: false);
        var machine = new Offloading(isBrief, done);
        var loop = new LoopFixture(machine);
        loop.Start();
        Assert.True(done.WaitOne(Patience));
        loop.Stop();
        Assert.Equal(isBrief, machine.LoopThread == machine.Ran!.Thread);
    }

    private sealed class Offloading(bool isBrief, ManualResetEvent done) : IMachine<HostInput>
    {
        public int LoopThread { get; private set; }

        public ThreadTold? Ran { get; private set; }

        public void Handle(in HostInput input, in StepContext context, IEffects effects)
        {
            switch (input)
            {
                case HostInput.Started:
                    LoopThread = Environment.CurrentManagedThreadId;
                    effects.Offload(new JobId(7), new TellThread(isBrief));
                    break;
                case HostInput.JobFinished { Job.Value: 7 } finished:
                    Ran = (ThreadTold)finished.Result;
                    done.Set();
                    break;
            }
        }
    }

    private sealed class TellThread(bool isBrief) : Job
    {
        public override JobResult Run(IKeyValueReader snapshot) => new ThreadTold(Environment.CurrentManagedThreadId);

        public override JobResult? TryRunBriefly(IKeyValueReader snapshot) => isBrief ? Run(snapshot) : null;
    }

    private sealed record ThreadTold(int Thread) : JobResult;
}
