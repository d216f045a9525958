namespace Chain.Core.Machines.Tests.Hosting;

public sealed class TimerQueueTests
{
    private static readonly TimerKey Ping = new(1);
    private static readonly TimerKey Retry = new(2, 7);

    private readonly TimerQueue _timers = new();

    [Fact]
    public void TryTakeDue_SeveralTimers_ComeByTimeAndThenByOrderOfSetting()
    {
        _timers.Set(Retry, At(20));
        _timers.Set(Ping, At(10));
        _timers.Set(new TimerKey(3), At(10));
        Assert.False(_timers.TryTakeDue(At(9), out _));
        Assert.Equal([Ping, new TimerKey(3)], TakeAll(At(19)));
        Assert.Equal([Retry], TakeAll(At(20)));
        Assert.Equal(0, _timers.Count);
    }

    [Fact]
    public void Set_Again_FiresOnceAtTheNewTime()
    {
        _timers.Set(Ping, At(10));
        _timers.Set(Ping, At(30));
        Assert.Empty(TakeAll(At(29)));
        Assert.Equal([Ping], TakeAll(At(30)));
        Assert.Empty(TakeAll(At(100)));
    }

    [Fact]
    public void Set_AgainEarlier_FiresOnceAtTheNewTime()
    {
        _timers.Set(Ping, At(30));
        _timers.Set(Ping, At(10));
        Assert.Equal([Ping], TakeAll(At(10)));
        Assert.Empty(TakeAll(At(100)));
    }

    [Fact]
    public void Cancel_SetTimer_NeverFires()
    {
        _timers.Set(Ping, At(10));
        _timers.Cancel(Ping);
        _timers.Cancel(Retry);
        Assert.False(_timers.TryPeek(out _));
        Assert.Empty(TakeAll(At(100)));
    }

    [Fact]
    public void TryPeek_FirstTimerCancelled_ShowsTheNext()
    {
        _timers.Set(Ping, At(10));
        _timers.Set(Retry, At(20));
        _timers.Cancel(Ping);
        Assert.True(_timers.TryPeek(out Instant due));
        Assert.Equal(At(20), due);
    }

    [Fact]
    public void TryTakeDue_RandomCommands_AgreesWithAModel()
    {
        var random = new DeterministicRandom(3);
        var model = new Dictionary<TimerKey, (Instant Due, int Order)>();
        for (int step = 0; step < 20_000; step++)
        {
            var key = new TimerKey(random.NextIndex(5), random.NextBelow(3));
            switch (random.NextIndex(4))
            {
                case 0 or 1:
                    Instant due = At(step + random.NextIndex(50));
                    _timers.Set(key, due);
                    model[key] = (due, step);
                    break;
                case 2:
                    _timers.Cancel(key);
                    model.Remove(key);
                    break;
                default:
                    TimerKey[] expected =
                    [
                        .. model.Where(timer => timer.Value.Due <= At(step))
                            .OrderBy(timer => timer.Value.Due).ThenBy(timer => timer.Value.Order)
                            .Select(timer => timer.Key),
                    ];
                    Assert.Equal(expected, TakeAll(At(step)));
                    Array.ForEach(expected, fired => model.Remove(fired));
                    break;
            }

            Assert.Equal(model.Count, _timers.Count);
        }
    }

    private static Instant At(int microseconds) => new(microseconds);

    private List<TimerKey> TakeAll(Instant now)
    {
        var taken = new List<TimerKey>();
        while (_timers.TryTakeDue(now, out TimerKey key))
        {
            taken.Add(key);
        }

        return taken;
    }
}
