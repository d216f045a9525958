namespace Chain.Core.Transport.Tests.Loopback;

public sealed class LoopbackContractTests : TransportContract
{
    private readonly LoopbackNetwork _network = new();

    private protected override Host Make(byte seed, TransportOptions? options = null, int capacity = 1024) =>
        Host.Loopback(_network, seed, options, capacity);
}
