using Chain.Core.Machines;

namespace Chain.Core.Gossip.Tests.Bounds;

public sealed class TokenBucketTests
{
    [Fact]
    public void TryTake_FullBucket_GivesTheBurstAndNoMore()
    {
        var bucket = new TokenBucket(new Allowance(10, 25), Instant.Zero);

        Assert.Equal(25, Taken(ref bucket, Instant.Zero));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(99, 0)]
    [InlineData(1000, 10)]
    [InlineData(60_000, 25)]
    public void TryTake_EmptyBucketAfterAWait_GivesWhatTheRateAllows(int milliseconds, int expected)
    {
        var bucket = new TokenBucket(new Allowance(10, 25), Instant.Zero);
        Taken(ref bucket, Instant.Zero);

        Assert.Equal(expected, Taken(ref bucket, Instant.Zero + TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Fact]
    public void TryTake_ManySmallSteps_LosesNothingToRounding()
    {
        var bucket = new TokenBucket(new Allowance(3, 1), Instant.Zero);
        int taken = 0;
        for (long micros = 0; micros < 10_000_000; micros += 7)
        {
            taken += bucket.TryTake(1, new Instant(micros)) ? 1 : 0;
        }

        Assert.InRange(taken, 30, 31);
    }

    [Fact]
    public void TryTake_MoreThanThereIs_TakesNothing()
    {
        var bucket = new TokenBucket(new Allowance(1, 10), Instant.Zero);

        Assert.False(bucket.TryTake(11, Instant.Zero));
        Assert.True(bucket.TryTake(10, Instant.Zero));
    }

    [Fact]
    public void TryTake_LargestAllowanceAfterACentury_DoesNotOverflow()
    {
        var bucket = new TokenBucket(new Allowance(1_000_000_000, 1_000_000_000), Instant.Zero);
        Assert.True(bucket.TryTake(1_000_000_000, Instant.Zero));

        Assert.True(bucket.TryTake(1_000_000_000, Instant.Zero + TimeSpan.FromDays(36_500)));
    }

    private static int Taken(ref TokenBucket bucket, Instant now)
    {
        int taken = 0;
        while (bucket.TryTake(1, now))
        {
            taken++;
        }

        return taken;
    }
}
