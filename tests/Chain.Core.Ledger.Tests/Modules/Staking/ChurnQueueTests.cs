namespace Chain.Core.Ledger.Tests.Modules.Staking;

public sealed class ChurnQueueTests
{
    [Theory]
    [InlineData(10UL, 3UL, 10UL)]
    [InlineData(11UL, 4UL, 1UL)]
    [InlineData(20UL, 4UL, 10UL)]
    [InlineData(21UL, 5UL, 1UL)]
    public void Add_ToAnEmptyLine_TakesAsManyEpochsAsItNeeds(ulong amount, ulong epoch, ulong used) =>
        Assert.Equal(new ChurnQueue(epoch, used), ChurnQueue.Empty.Add(amount, 3, 10));

    [Fact]
    public void Add_ManyTimes_LetsNoMoreThanTheLimitPassInAnyEpoch()
    {
        var random = new Random(1);
        const ulong limit = 1_000;
        ChurnQueue line = ChurnQueue.Empty;
        ulong total = 0;
        ulong first = ulong.MaxValue;
        for (int i = 0; i < 500; i++)
        {
            ulong amount = (ulong)random.Next(1, 3_000);
            line = line.Add(amount, 5, limit);
            total += amount;
            first = ulong.Min(first, line.Epoch);
            Assert.Equal(((line.Epoch - 5) * limit) + line.Used, total);
            Assert.InRange(line.Used, 1UL, limit);
        }

        Assert.Equal(5UL + ((total - 1) / limit), line.Epoch);
    }

    [Fact]
    public void Add_TheLargestAmount_DoesNotOverflow() =>
        Assert.Equal(new ChurnQueue(3, ulong.MaxValue), new ChurnQueue(2, ulong.MaxValue).Add(ulong.MaxValue, 2, ulong.MaxValue));
}
