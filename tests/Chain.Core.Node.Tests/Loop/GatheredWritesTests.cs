using Chain.Core.Machines;

namespace Chain.Core.Node.Tests.Loop;

/// <summary>Writes wait for each other, but for nothing that can be seen from outside.</summary>
public sealed class GatheredWritesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Step_WritesWithNothingVisibleBetween_AreOneAndAsDurableAsTheMost() => Assert.Equal(
        ["write 3 Durable", "close"],
        Carry(static effects =>
        {
            Write(effects, Durability.Buffered);
            Write(effects, Durability.Durable);
            effects.HoldUntilDurable();
            effects.SetTimer(new TimerKey(9), Instant.Zero + TimeSpan.FromHours(1));
            Write(effects, Durability.Buffered);
            effects.Close(new ConnectionId(1), "");
        }));

    [Fact]
    public void Step_WriteThatIsFollowedBySomethingVisible_ComesFirst() => Assert.Equal(
        ["write 1 Buffered", "close", "write 1 Durable", "close"],
        Carry(static effects =>
        {
            Write(effects, Durability.Buffered);
            effects.Close(new ConnectionId(1), "");
            Write(effects, Durability.Durable);
            effects.Close(new ConnectionId(2), "");
        }));

    [Fact]
    public void Step_WritesBehindADurableOne_JoinIt() => Assert.Equal(
        ["write 3 Durable", "close", "close"],
        Carry(static effects =>
        {
            Write(effects, Durability.Durable);
            effects.Close(new ConnectionId(1), "");
            Write(effects, Durability.Durable);
            effects.Close(new ConnectionId(2), "");
            Write(effects, Durability.Buffered);
        }));

    [Fact]
    public void Step_WritesBehindAJob_WaitForIt() => Assert.Equal(
        ["write 2 Durable", "close", "job", "write 1 Durable", "close"],
        Carry(static effects =>
        {
            Write(effects, Durability.Durable);
            effects.Close(new ConnectionId(1), "");
            Write(effects, Durability.Buffered);
            effects.Offload(new JobId(1), new Nothing());
            Write(effects, Durability.Durable);
            effects.Close(new ConnectionId(2), "");
        }));

    private static void Write(IEffects effects, Durability durability)
    {
        var batch = new WriteBatch();
        batch.Put(new byte[] { 1 }, new byte[] { 2 });
        effects.Write(batch, durability);
    }

    /// <summary>What a loop does with the effects of one step.</summary>
    private static List<string> Carry(Action<IEffects> step)
    {
        using var done = new ManualResetEvent(initialState: false);
        var loop = new LoopFixture(new OneStep(step, done));
        loop.Start();
        Assert.True(done.WaitOne(Patience));
        loop.Stop();
        return loop.Told;
    }

    private sealed class Nothing : Job
    {
        public override JobResult Run(IKeyValueReader snapshot) => new NothingDone();
    }

    private sealed record NothingDone : JobResult;

    /// <summary>Has its effects at the start; tells with the next step, when they are carried out.</summary>
    private sealed class OneStep(Action<IEffects> step, ManualResetEvent done) : IMachine<HostInput>
    {
        public void Handle(in HostInput input, in StepContext context, IEffects effects)
        {
            if (input is HostInput.Started)
            {
                effects.SetTimer(new TimerKey(1), context.Now);
                step(effects);
            }
            else
            {
                done.Set();
            }
        }
    }
}
