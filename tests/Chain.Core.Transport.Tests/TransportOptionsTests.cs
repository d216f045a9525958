namespace Chain.Core.Transport.Tests;

public sealed class TransportOptionsTests
{
    public static TheoryData<TransportOptions> OutOfRange => new(
    [
        new TransportOptions { HandshakeTimeout = TimeSpan.Zero },
        new TransportOptions { HandshakeTimeout = TimeSpan.FromMinutes(2) },
        new TransportOptions { IdleTimeout = TimeSpan.FromMilliseconds(-1) },
        new TransportOptions { SendTimeout = TimeSpan.FromDays(2) },
        new TransportOptions { CloseTimeout = TimeSpan.FromHours(1) },
        new TransportOptions { MaxConnections = 0 },
        new TransportOptions { MaxPendingHandshakes = 65_537 },
        new TransportOptions { SendQueueBytes = 1023 },
        new TransportOptions { ListenBacklog = 0 },
        new TransportOptions { Prologue = new byte[1025] },
    ]);

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Validate_ValueOutOfRange_Throws(TransportOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(options.Validate);

    [Fact]
    public void Validate_Defaults_AreInRange() => new TransportOptions().Validate();
}
