using Chain.Core.Machines;

namespace Chain.Core.Node.Tests.Loop;

/// <summary>
/// FAULTS row 54: what fills the shared pool of threads does not hold up the deadlines of consensus. How late they are under a full network
/// is measured by the figure <c>timer-lateness</c> of the benchmarks.
/// </summary>
[Collection(nameof(StarvedPoolTests))]
[CollectionDefinition(nameof(StarvedPoolTests), DisableParallelization = true)]
public sealed class StarvedPoolTests : IDisposable
{
    private const int Blockers = 1_000;
    private const int Ticks = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualResetEvent _release = new(initialState: false);
    private readonly CountdownEvent _released = new(Blockers);

    [Fact]
    [Trait("Fault", "54")]
    public void Fault54_PoolWhoseThreadsAllWait_TimersOfTheLoopFire()
    {
        using var ticked = new ManualResetEvent(initialState: false);
        var loop = new LoopFixture(new TickingMachine(Ticks, ticked));
        FillPool();

        // The planted fault: a timer whose callback is work for the pool, as those of the framework are.
        int pooled = 0;
        using var poolTimer = new Timer(_ => Interlocked.Increment(ref pooled), null, TickingMachine.Interval, TickingMachine.Interval);
        loop.Start();

        bool fired = ticked.WaitOne(Patience);
        loop.Stop();
        Assert.True(fired);
        Assert.InRange(Volatile.Read(ref pooled), 0, Ticks / 2); // the pool adds a thread now and then
    }

    public void Dispose()
    {
        _release.Set();
        _released.Wait();
        _released.Dispose();
        _release.Dispose();
    }

    /// <summary>More work that waits than the pool will add threads for while the test runs.</summary>
    private void FillPool()
    {
        for (int i = 0; i < Blockers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static test =>
                {
                    test._release.WaitOne();
                    test._released.Signal();
                },
                this,
                preferLocal: false);
        }
    }

    /// <summary>Sets its timer again each time it fires, and tells when it did so often enough.</summary>
    private sealed class TickingMachine(int ticks, ManualResetEvent done) : IMachine<HostInput>
    {
        public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

        private int _left = ticks;

        public void Handle(in HostInput input, in StepContext context, IEffects effects)
        {
            if (input is HostInput.TimerFired && --_left == 0)
            {
                done.Set();
            }

            effects.SetTimer(new TimerKey(1), context.Now + Interval);
        }
    }
}
