using Chain.Core.Machines;

namespace Chain.Core.Simulation.Tests.Kernel;

public class EventKeyTests
{
    [Fact]
    public void CompareTo_OrdersByTimeThenSourceThenSequence()
    {
        EventKey[] ascending =
        [
            new(new Instant(1), 9, 9),
            new(new Instant(2), 1, 9),
            new(new Instant(2), 2, 1),
            new(new Instant(2), 2, 2),
            new(new Instant(2), 3, 1),
        ];
        EventKey[] shuffled = [.. ascending.Reverse()];
        Array.Sort(shuffled);

        Assert.Equal(ascending, shuffled);
        Assert.True(ascending[0] < ascending[1] && ascending[1] <= ascending[1] && ascending[4] > ascending[3] && ascending[4] >= ascending[4]);
    }
}
