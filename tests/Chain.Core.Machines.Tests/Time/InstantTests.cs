namespace Chain.Core.Machines.Tests.Time;

public sealed class InstantTests
{
    private static readonly Instant Second = new(1_000_000);

    [Fact]
    public void Add_Durations_MovesByWholeMicroseconds()
    {
        Assert.Equal(new Instant(3_500_000), Second + TimeSpan.FromSeconds(2.5));
        Assert.Equal(new Instant(-1_000_000), Second.Add(TimeSpan.FromSeconds(-2)));
        Assert.Equal(Second, Second + TimeSpan.FromTicks(9));
        Assert.Equal(new Instant(1_000_001), Second + TimeSpan.FromTicks(10));
    }

    [Fact]
    public void Subtract_TwoInstants_IsTheTimeBetween()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), Second - Instant.Zero);
        Assert.Equal(TimeSpan.FromSeconds(-1), Instant.Zero.Subtract(Second));
        Assert.Equal(Second, Instant.Zero + (Second - Instant.Zero));
    }

    [Fact]
    public void Add_PastTheEnd_Throws()
    {
        Assert.Throws<OverflowException>(() => new Instant(long.MaxValue) + TimeSpan.FromMicroseconds(1));
        Assert.Throws<OverflowException>(() => new Instant(long.MinValue) + TimeSpan.FromMicroseconds(-1));
        Assert.Throws<OverflowException>(() => new Instant(long.MaxValue) - Instant.Zero);
    }

    [Fact]
    public void Compare_EarlierAndLater_OrdersThem()
    {
        Assert.True(Instant.Zero < Second && Second > Instant.Zero);
        Assert.True(Second <= new Instant(1_000_000) && Second >= new Instant(1_000_000));
        Assert.False(Second < new Instant(1_000_000) || Second > new Instant(1_000_000));
        Assert.Equal([Instant.Zero, Second, new Instant(1_000_001)], new[] { new Instant(1_000_001), Second, Instant.Zero }.Order());
    }

    [Theory]
    [InlineData(0, "0.000000 s")]
    [InlineData(1_000_001, "1.000001 s")]
    [InlineData(59_999_999, "59.999999 s")]
    public void ToString_Instants_AreSeconds(long microseconds, string expected) =>
        Assert.Equal(expected, new Instant(microseconds).ToString());
}
