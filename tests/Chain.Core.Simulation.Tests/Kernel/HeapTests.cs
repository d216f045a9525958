using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Kernel;

public class HeapTests
{
    [Fact]
    public void RemoveFirst_AnyAddsBetween_AgreesWithASortedList()
    {
        var random = new DeterministicRandom(1);
        var heap = new Heap<ComingEvent>();
        var sorted = new SortedSet<EventKey>();
        for (int step = 0; step < 20_000; step++)
        {
            if (heap.Count > 0 && random.NextIndex(2 + (step / 10_000)) > 0)
            {
                Assert.Equal(sorted.Min, heap.First.Key);
                Assert.Equal((ulong)heap.First.Key.Source, heap.First.Happening.Timer.Subject);
                sorted.Remove(sorted.Min);
                heap.RemoveFirst();
            }
            else
            {
                int source = random.NextIndex(5);
                var key = new EventKey(new Instant(random.NextIndex(50)), source, (ulong)step);
                sorted.Add(key);
                heap.Add(new ComingEvent(in key, SimulatedEvent.OfTimer(new TimerKey(1, (ulong)source))));
            }

            Assert.Equal(sorted.Count, heap.Count);
        }
    }

    [Fact]
    public void IsBefore_OrdersAsEventKeysDo()
    {
        EventKey[] ascending = [new(new Instant(1), 9, 9), new(new Instant(2), 1, 9), new(new Instant(2), 2, 1), new(new Instant(2), 2, 2)];
        foreach (EventKey one in ascending)
        {
            foreach (EventKey other in ascending)
            {
                Assert.Equal(one < other, new ComingEvent(in one, default).IsBefore(new ComingEvent(in other, default)));
            }
        }
    }
}
