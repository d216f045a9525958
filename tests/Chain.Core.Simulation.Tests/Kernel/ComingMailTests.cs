using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Kernel;

public class ComingMailTests
{
    private const int Nodes = 7;
    private const long Window = 100;

    [Fact]
    public void Of_AnyMail_IsThatOfTheWindowInItsOrder()
    {
        var random = new DeterministicRandom(5);
        var mail = new ComingMail(Window);
        var waiting = new List<(int Node, EventKey Key)>();
        long now = 0;
        ulong sequence = 0;
        for (int step = 0; step < 2_000; step++)
        {
            for (int i = random.NextIndex(step % 10 == 0 ? 200 : 12); i > 0; i--)
            {
                int node = random.NextIndex(Nodes);
                var key = new EventKey(new Instant(now + random.NextIndex(3 * (int)Window)), random.NextIndex(4), sequence++);
                Assert.True(mail.TryAdd(new MailEvent(node, new ComingEvent(in key, SimulatedEvent.OfTimer(new TimerKey(1, sequence))))));
                waiting.Add((node, key));
            }

            Assert.Equal(waiting.Count == 0 ? long.MaxValue : waiting.Min(each => each.Key.Time.Microseconds), mail.First);
            now += random.NextIndex(2 * (int)Window);
            Assert.Equal(waiting.Count(each => each.Key.Time.Microseconds < now), mail.TakeBefore(now).Count);
            mail.Deal(Nodes);
            for (int node = 0; node < Nodes; node++)
            {
                EventKey[] expected = [.. waiting.Where(each => each.Node == node && each.Key.Time.Microseconds < now).Select(each => each.Key).Order()];
                Assert.Equal(expected, Keys(mail.Of(node)));
            }

            mail.EndDeal();
            waiting.RemoveAll(each => each.Key.Time.Microseconds < now);
        }

        Assert.Equal(waiting.Count, mail.TakeAll().Count);
        Assert.Equal(long.MaxValue, mail.First);
    }

    [Fact]
    public void TryAdd_BeforeWhatWasTakenOrFarAhead_IsRefused()
    {
        var mail = new ComingMail(Window);
        mail.TakeBefore(1_000);

        Assert.False(mail.TryAdd(At(999)));
        Assert.False(mail.TryAdd(At(1_000 + (9 * Window))));
        Assert.True(mail.TryAdd(At(1_000)));
        Assert.Equal(1_000, mail.First);
    }

    private static MailEvent At(long time)
    {
        var key = new EventKey(new Instant(time), 0, 0);
        return new MailEvent(0, new ComingEvent(in key, SimulatedEvent.OfTimer(new TimerKey(1))));
    }

    private static EventKey[] Keys(ReadOnlySpan<ComingEvent> events)
    {
        var keys = new EventKey[events.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = events[i].Key;
        }

        return keys;
    }
}
