using Chain.Core.Machines;

namespace Chain.Core.Node.Tests.Loop;

/// <summary>Nobody who adds finds the loop asleep, and nothing that waits is slept over.</summary>
public sealed class LoopInboxTests
{
    private const int Writers = 3;
    private const int EachAdds = 3_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Sleep_WhileOthersAdd_NeverMissesWhatTheyAdded()
    {
        using var inbox = new LoopInbox(inputCapacity: 4);
        using var patience = new CancellationTokenSource(Patience);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < EachAdds; i++)
            {
                switch (writer)
                {
                    case 0: await inbox.WriteAsync(new HostInput.Started(), patience.Token); break;
                    case 1: inbox.AddResult(new HostInput.JobFinished(default, new Nothing())); break;
                    default: inbox.AddQuestion(static _ => { }); break;
                }
            }
        }))];

        int taken = await Task.Factory.StartNew(() => TakeAll(inbox, patience.Token), TaskCreationOptions.LongRunning);
        await Task.WhenAll(writers);
        Assert.Equal(Writers * EachAdds, taken);
    }

    /// <summary>Sleeps for very long each time: a wake that is missed is seen by the patience running out.</summary>
    private static int TakeAll(LoopInbox inbox, CancellationToken patience)
    {
        using CancellationTokenRegistration end = patience.Register(() => inbox.AddQuestion(static _ => { }));
        int taken = 0;
        while (taken < Writers * EachAdds && !patience.IsCancellationRequested)
        {
            if (inbox.TryTakeInput(out _) || inbox.TryTakeResult(out _) || inbox.TryTakeQuestion(out _))
            {
                taken++;
            }
            else
            {
                inbox.Sleep(TimeSpan.FromHours(1));
            }
        }

        return taken;
    }

    private sealed record Nothing : JobResult;
}
