namespace Chain.Core.Transport.Tests.Tcp;

public sealed class TcpContractTests : TransportContract
{
    private protected override Host Make(byte seed, TransportOptions? options = null, int capacity = 1024) =>
        Host.Tcp(seed, options, capacity);
}
